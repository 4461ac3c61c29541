package paste

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"hoicho/internal/sheet"
	"hoicho/internal/vn"
)

// bare are the columns of a table without headings, by their order.
var bare = []Field{Commune, Date, Booths, Venue, Name}

// headings are the words that name a field. Those with a star may have more behind them, and the
// longest that fits counts. "Đơn vị" is none: it is the organiser as often as the commune.
var headings = folded(map[Field][]string{
	Commune: {"commune", "ward", "commune or ward", "xã", "phường", "xã phường*", "phường xã*", "xã tổ chức*", "tên xã*", "tên phường*", "địa bàn*", "địa phương*"},
	Date: {"date", "from", "first day", "ngày", "từ ngày*", "ngày bắt đầu*", "ngày dương*", "dương lịch*", "ngày tổ chức*", "ngày họp*", "ngày diễn ra*",
		"ngày khai mạc*", "thời gian", "thời gian tổ chức*", "thời gian dự kiến*", "thời gian bắt đầu*"},
	Lunar:  {"lunar*", "âm", "âm lịch*", "ngày âm*"},
	Until:  {"until", "to", "last day", "end date", "đến", "đến ngày*", "đến hết ngày*", "ngày kết thúc*", "ngày bế mạc*", "kết thúc", "thời gian kết thúc*"},
	Days:   {"days", "number of days", "số ngày*", "mấy ngày"},
	Booths: {"booths", "number of booths", "số gian*", "gian", "gian hàng", "quy mô*", "số lượng gian*"},
	Venue:  {"venue*", "place", "nơi họp*", "nơi tổ chức*", "địa điểm*"},
	Name:   {"name", "title", "tên", "tên phiên*", "tên sự kiện*", "tên gọi", "tên chợ*"},
	Theme:  {"theme", "chủ đề*", "tóm tắt*", "nội dung*"},
	Hours:  {"hours", "opening hours", "giờ", "giờ mở cửa*", "giờ họp*", "thời gian mở cửa*", "thời gian họp trong ngày*"},
})

// word is a heading, folded.
type word struct {
	text string
	more bool
}

func folded(by map[Field][]string) map[Field][]word {
	all := map[Field][]word{}
	for f, words := range by {
		for _, w := range words {
			text, more := strings.CutSuffix(w, "*")
			all[f] = append(all[f], word{vn.Fold(text), more})
		}
	}
	return all
}

// named is the field that a heading names; "" none.
func named(heading string) (field Field) {
	if i := strings.LastIndex(heading, " · "); i >= 0 { // under a block over several columns
		if f := named(heading[i+len(" · "):]); f != "" {
			return f
		}
	}
	key, longest := vn.Fold(heading), 0
	for f, words := range headings {
		for _, w := range words {
			fits := key == w.text || w.more && strings.HasPrefix(key, w.text+" ")
			if fits && len(w.text) > longest {
				field, longest = f, len(w.text)
			}
		}
	}
	return field
}

// headed says which column is which field.
type headed struct {
	row    int // in which the headings stand; 0 where there are none
	fields map[int]Field
	names  map[int]string // of the columns
}

// headLooked is how many rows are looked through for headings.
const headLooked = 10

// match looks for the headings: in the row that names most fields, alone or together with the one
// above it. Where there are none the columns count by their order.
func match(book *sheet.Book) (best headed) {
	for i := range book.Rows[:min(headLooked, len(book.Rows))] {
		row := book.Rows[i].N
		for above := row; above >= max(row-1, 1); above-- {
			h := columns(book, row, above)
			if len(h.fields) > len(best.fields) && (len(h.fields) > 1 || wordsOnly(&book.Rows[i])) {
				best = h
			}
		}
	}
	if len(best.fields) > 0 {
		return best
	}
	best = headed{fields: map[int]Field{}}
	for col, f := range bare[:min(len(bare), book.Width())] {
		best.fields[col] = f
	}
	return best
}

// wordsOnly reports whether a row is of words, several of them, so that one known heading is enough.
func wordsOnly(row *sheet.Row) bool {
	digits := func(c sheet.Cell) bool { return strings.ContainsAny(c.Text, "0123456789") }
	return len(row.Cells) > 1 && !slices.ContainsFunc(row.Cells, digits)
}

// columns are the fields that a row names; where it names none, the row above does.
func columns(book *sheet.Book, row, above int) headed {
	h, taken := headed{row: row, fields: map[int]Field{}, names: map[int]string{}}, map[Field]bool{}
	for col := range book.Width() {
		own, over := book.Heading(row, col), book.Heading(above, col)
		h.names[col] = cmp.Or(own, over)
		f := named(own)
		if f == "" && own == "" {
			f = named(over)
		}
		if f != "" && !taken[f] {
			h.fields[col], taken[f] = f, true
		}
	}
	return h
}

// known are the fields of the columns, in the order shown.
func (h headed) known() []Field {
	have := slices.Collect(maps.Values(h.fields))
	return slices.DeleteFunc(slices.Clone(Fields), func(f Field) bool { return !slices.Contains(have, f) })
}

// numbering are headings of columns that only count the rows, folded.
var numbering = []string{"stt", "tt", "so tt", "so thu tu", "no"}

// unknown are the columns with something under their heading that are no field; one that only counts
// the rows is none of them.
func (h headed) unknown(book *sheet.Book) (list []string) {
	for col := range book.Width() {
		filled := slices.ContainsFunc(book.Below(h.row), func(r sheet.Row) bool { return r.At(col).Text != "" })
		if _, known := h.fields[col]; !known && filled && !slices.Contains(numbering, vn.Fold(h.names[col])) {
			list = append(list, cmp.Or(h.names[col], sheet.ColumnName(col)))
		}
	}
	return list
}
