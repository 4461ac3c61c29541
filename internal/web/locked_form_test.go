package web_test

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	digits  = regexp.MustCompile(`^[0-9.]+$`)
	selects = regexp.MustCompile(`(?s)<select[^>]*name="([a-z_0-9.]+)"[^>]*>(.*?)</select>`)
	choice  = regexp.MustCompile(`<option[^>]*value="([^"]+)"`)
	boxes   = regexp.MustCompile(`<input[^>]*type="(?:radio|checkbox)"[^>]*>`)
	nameOf  = regexp.MustCompile(` name="([^"]*)"`)
	valueOf = regexp.MustCompile(` value="([^"]*)"`)
	faultAt = regexp.MustCompile(`href="#f-([^"]+)"`)

	// keeps are fields whose digits name something, or have no larger neighbour.
	keeps = regexp.MustCompile(`phone|tax|number|code|year|version|client|capacity|_day|lat|lon`)
)

// choicesOf are the values that the fields of a page can take.
func choicesOf(body string) map[string][]string {
	all := map[string][]string{}
	for _, m := range selects.FindAllStringSubmatch(body, -1) {
		for _, o := range choice.FindAllStringSubmatch(m[2], -1) {
			all[m[1]] = append(all[m[1]], o[1])
		}
	}
	for _, tag := range boxes.FindAllString(body, -1) {
		if n, v := nameOf.FindStringSubmatch(tag), valueOf.FindStringSubmatch(tag); n != nil && v != nil {
			all[n[1]] = append(all[n[1]], v[1])
		}
	}
	return all
}

// typed is what forms are filled in with in which nothing would change, or that ask for more than
// one thing.
func typed(today string) map[string]url.Values {
	year := today[6:]
	due := url.Values{"due_on": {"31/12/" + year}, "due_reason": {"Lùi ngày."}, "supporting": nil, "watching": nil}
	return map[string]url.Values{
		"/gian-hang/:vendor/doanh-thu/:event":         {"amount": {"1.500.000"}},
		"/quan-ly/su-kien/:id/doanh-thu/:vendor":      {"amount": {"2.500.000"}},
		"/quan-ly/su-kien/:id/kinh-phi/ghi":           {"spent": {"1.500.000"}},
		"/quan-ly/su-kien/:id/cong/phieu-dem":         {"adults": {"12"}},
		"/quan-ly/su-kien/:id/gian/them":              {"next": {""}},
		"/quan-ly/ho-tro/ket-noi/:matching/sua":       {"memo_number": {""}, "signed_on": {""}},
		"/quan-ly/giam-sat/:supervision/sua":          {"recommendation": {""}},
		"/quan-ly/diem-ban/moi":                       {"keeper": {"Nông Thị Hạnh"}, "phone": {"0912345678"}},
		"/quan-ly/diem-ban/:place/sua":                {"area": {"phường Bắc Kạn, tỉnh Thái Nguyên"}, "area_ref": {""}},
		"/quan-ly/co-quan/:body":                      {"area": {"phường Bắc Kạn, tỉnh Thái Nguyên"}, "area_ref": {""}},
		"/quan-ly/ke-hoach/:plan/nhiem-vu/moi":        due,
		"/quan-ly/nhiem-vu/:task/sua":                 due,
		"/quan-ly/nhiem-vu/:task/cap-nhat":            {"state": {"done"}, "percent": {"100"}, "text": {"Xong."}},
		"/quan-ly/tuyen-truyen/ghi-nhieu":             {"times": {"1"}, "people": {"45"}, "topic": {"Hàng Việt"}},
		"/quan-ly/su-kien/:id/sua":                    {"kind": {"fair"}, "day_out": nil},
		"/quan-ly/su-kien/:id/kich-cau/uu-dai/:offer": {"verdict": {"accepted"}},
		"/quan-ly/phan-anh/:tip":                      {"to": {"closed"}},
	}
}

// changed is the form with a change in it: numbers one larger, something ticked in each row of
// boxes, a button pressed. What may be empty and is stays empty.
func (f sentForm) changed(button, today string, choices map[string][]string) url.Values {
	fields, more := url.Values{}, typed(today)[f.route]
	for name, values := range f.Fields {
		for _, v := range values {
			if more == nil && slices.Contains(f.Written, name) && digits.MatchString(v) && !keeps.MatchString(name) {
				n, _ := strconv.ParseInt(strings.ReplaceAll(v, ".", ""), 10, 64)
				v = fmt.Sprint(n + 1)
			}
			fields.Add(name, v)
		}
	}
	for _, name := range f.Ticked {
		if _, ok := fields[name]; !ok && len(choices[name]) > 0 {
			fields.Set(name, choices[name][0])
		}
	}
	for name, values := range more {
		if len(values) == 0 {
			fields.Del(name)
		} else if len(fields[name]) > 0 {
			copy(fields[name], values)
		}
	}
	if name, value, ok := strings.Cut(button, "="); ok {
		fields.Set(name, value)
	}
	return fields
}

// tries are what is typed into a field that was refused, one after the other.
func tries(today string) []string {
	return []string{"Ghi muộn.", "3", today, "1.000.000", "0912345678", "Xã Ba Bể, tỉnh Thái Nguyên", "9:00", "https://example.vn/", "25/12/" + today[6:], "75.000"}
}

// mending fills in what a page refuses, field after field.
type mending struct {
	fields url.Values
	tried  map[string]int
	today  string
}

// mend fills in the fields that a page refused; false once nothing is left to try.
func (m mending) mend(body string) bool {
	mended, choices := false, choicesOf(body)
	for _, at := range faultAt.FindAllStringSubmatch(body, -1) {
		name, nth := m.field(at[1])
		values := m.fields[name]
		if len(values) == 0 {
			values = []string{""}
		}
		list := choices[name]
		if len(list) == 0 {
			list = tries(m.today)
		}
		if n := m.tried[at[1]]; n < len(list) {
			m.tried[at[1]]++
			values[min(nth, len(values)-1)] = list[n]
			m.fields[name], mended = values, true
		}
	}
	return mended
}

// field is where a fault stands: the field of that name, the nth of several, the answer to a
// point of a checklist, or else the first of its kind that is empty.
func (m mending) field(at string) (name string, nth int) {
	if _, ok := m.fields[at]; ok {
		return at, 0
	}
	if item, ok := strings.CutPrefix(at, "item."); ok && m.fields["answer"] != nil {
		return "answer", max(0, slices.Index(m.fields["item"], item))
	}
	i := strings.IndexAny(at, ".-")
	if i < 0 {
		return at, 0
	}
	name = at[:i]
	if n, err := strconv.Atoi(at[i+1:]); err == nil {
		return name, n
	}
	return name, max(0, slices.Index(m.fields[name], ""))
}
