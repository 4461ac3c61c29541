package committee

import (
	"slices"
	"strings"
	"unicode"

	"hoicho/internal/registry"
)

// WordingKind is what is wrong with a word of an announcement; it decides what is
// offered instead.
type WordingKind string

// The kinds.
const (
	BestWord     WordingKind = "best"     // tốt nhất, ngon nhất
	CheapestWord WordingKind = "cheapest" // rẻ nhất
	LargestWord  WordingKind = "largest"  // lớn nhất
	OnlyWord     WordingKind = "only"     // duy nhất
	FirstWord    WordingKind = "first"    // số một, hàng đầu
	DeepCut      WordingKind = "cut"      // a price cut above the ceiling
)

// WordingKinds lists the kinds.
var WordingKinds = []WordingKind{BestWord, CheapestWord, LargestWord, OnlyWord, FirstWord, DeepCut}

// Wording is a word of an announcement that the law lets nobody use without proof.
type Wording struct {
	Kind WordingKind
	Word string // as it stands in the text
	At   int    // where it begins, in bytes
	Law  registry.Citation
	From string // day from which the rule holds, YYYY-MM-DD
}

// praiseRule is the rule about words of praise and the day from which it holds in its
// present form.
var praiseRule = struct {
	law  registry.Citation
	from string
}{registry.Cite("Điều 8.11", "16/2012/QH13", "12/2026/TT-BVHTTDL"), "2026-07-05"}

// CheckWording finds the words of praise in a text, and the price cuts above the
// ceiling of a day (YYYY-MM-DD), in their order. Words are told apart as Vietnamese
// writes them: "nhất là", "thứ nhất", "thống nhất" praise nothing.
func CheckWording(text, day string) (found []Wording) {
	words := wordsOf(text)
	for i := range words {
		kind, n := praiseAt(words, i)
		if n == 0 {
			continue
		}
		from, to := words[i+min(n, 0)].at, words[max(i, i+n-1)].end()
		found = append(found, Wording{Kind: kind, Word: text[from:to], At: from, Law: praiseRule.law, From: praiseRule.from})
	}
	if rule, ok := registry.PromotionRuleOn(day); ok {
		for _, c := range deepCuts(words, rule.Percent) {
			found = append(found, Wording{Kind: DeepCut, Word: text[c.from:c.to], At: c.from, Law: rule.Law, From: rule.From})
		}
	}
	slices.SortStableFunc(found, func(a, b Wording) int { return a.At - b.At })
	return found
}

// word is a syllable or number of a text.
type word struct {
	at    int    // where it begins, in bytes
	text  string // as it stands
	lower string
	apart bool   // a sign other than a space stands before it
	after string // the signs behind it, to the next word
}

func (w word) end() int { return w.at + len(w.text) }

// name reports whether the word is written as names are: one capital, then small letters.
func (w word) name() bool {
	letters := []rune(w.text)
	return len(letters) > 1 && unicode.IsUpper(letters[0]) && unicode.IsLower(letters[1])
}

// wordsOf cuts a text into its syllables and numbers; 1.000 and 2,5 are one number.
func wordsOf(text string) (words []word) {
	from, before := -1, 0
	end := func(to int) {
		if from < 0 {
			return
		}
		signs := text[before:from]
		if len(words) > 0 {
			words[len(words)-1].after = signs
		}
		words = append(words, word{at: from, text: text[from:to], lower: strings.ToLower(text[from:to]), apart: strings.TrimSpace(signs) != ""})
		from, before = -1, to
	}
	for i, r := range text {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if from < 0 {
				from = i
			}
		case from >= 0 && (r == '.' || r == ',') && digitAt(text, i-1) && digitAt(text, i+1):
		default:
			end(i)
		}
	}
	end(len(text))
	if len(words) > 0 {
		words[len(words)-1].after = text[before:]
	}
	return words
}

func digitAt(text string, i int) bool {
	return i >= 0 && i < len(text) && text[i] >= '0' && text[i] <= '9'
}

// lowerAt is a word as small letters, "" beyond the ends of the text and, for
// neighbours, behind a sign.
func lowerAt(words []word, i int) string {
	if i < 0 || i >= len(words) {
		return ""
	}
	return words[i].lower
}

func before(words []word, i int) string {
	if words[i].apart {
		return ""
	}
	return lowerAt(words, i-1)
}

func behind(words []word, i int) string {
	if i+1 < len(words) && words[i+1].apart {
		return ""
	}
	return lowerAt(words, i+1)
}

// praiseAt says which praise ends or begins at a word, and how many words it has:
// negative where it reaches back, 0 for none.
func praiseAt(words []word, i int) (WordingKind, int) {
	switch words[i].lower {
	case "nhất":
		return superlative(words, i)
	case "số", "no", "top":
		return numberOne(words, i)
	case "hàng":
		return frontRank(words, i)
	case "vô":
		if next := behind(words, i); next == "song" || next == "địch" && before(words, i) != "giải" {
			return FirstWord, 2
		}
	}
	return "", 0
}

// Neighbours that make "nhất" another word, or an order, a time or a place.
var (
	notPraiseBefore = strings.Fields("thứ thống hợp đồng bất ít gần sớm muộn chậm giải hạng đệ ngày mới")
	notPraiseBehind = strings.Fields("định quán trí thiết thời thể loạt đán cử nhật")
	praisedBy       = map[string]WordingKind{"rẻ": CheapestWord, "thấp": CheapestWord, "lớn": LargestWord, "to": LargestWord, "rộng": LargestWord,
		"nhiều": LargestWord, "đông": LargestWord, "duy": OnlyWord, "độc": OnlyWord}
	ofAPlace = strings.Fields("vùng nước tỉnh xã huyện miền cả thị thế việt đông tây bắc nam hội chợ")
)

// superlative judges "nhất": what stands before it is praised, unless the two are a
// word of their own.
func superlative(words []word, i int) (WordingKind, int) {
	prev, next := before(words, i), behind(words, i)
	switch {
	case slices.Contains(notPraiseBefore, prev) && !(prev == "mới" && next == "thế"):
		return "", 0
	case prev == "":
		return leading(words, i, next)
	case slices.Contains(notPraiseBehind, next) && prev != "tốt":
		return "", 0
	case isName(words, i):
		return "", 0
	case next == "là" && (prev == "tốt" && startsSentence(words, i-1) || !slices.Contains(adjectives, prev)):
		return "", 0 // advice, or "above all"
	}
	if kind, ok := praisedBy[prev]; ok {
		return kind, -1
	}
	return BestWord, -1
}

// adjectives stand before "nhất" in praise, also where "là" follows.
var adjectives = strings.Fields("tốt rẻ ngon đẹp bền lớn to rộng cao thấp sạch thơm ngọt nhiều đông mạnh giỏi quý tuyệt chất lượng uy tín độc duy hay khỏe an toàn")

// leading judges a "nhất" with nothing before it: "Nhất vùng Đông Bắc", but neither
// "nhất là" nor the proverb "nhất nước, nhì phân".
func leading(words []word, i int, next string) (WordingKind, int) {
	for _, w := range words[i+1 : min(len(words), i+4)] {
		if w.lower == "nhì" {
			return "", 0
		}
	}
	if slices.Contains(ofAPlace, next) {
		return BestWord, 2
	}
	return "", 0
}

// isName reports whether "Nhất" is the name of somebody or something: written like one,
// behind another name, and not as a heading writes every word.
func isName(words []word, i int) bool {
	return words[i].name() && words[i-1].name() && !slices.Contains(adjectives, words[i-1].lower) && words[i-1].lower != "duy"
}

func startsSentence(words []word, i int) bool {
	return i == 0 || strings.ContainsAny(words[i-1].after, ".!?:;\n–")
}

// numbered are things that have numbers: their number one praises nothing.
var numbered = strings.Fields("cổng gian thôn tổ xóm khu nhà bàn tuyến đường lộ phố ngõ bảng biểu mẫu phiếu lô dãy cửa văn bản định quyết luật lệnh " +
	"tư khoản điều mục phụ lục xã phường quầy xe trạm bến trường đội tiểu phòng tờ trang lần kỳ đợt ô thẻ một công báo cáo kiốt sạp")

// numberOne judges "số một", "số 1", "No. 1" and "top 1".
func numberOne(words []word, i int) (WordingKind, int) {
	next := lowerAt(words, i+1)
	if next != "1" && (next != "một" || words[i].lower != "số") || i+1 < len(words) && words[i+1].apart && words[i].lower == "số" {
		return "", 0
	}
	after := words[i+1].after
	counts := strings.HasPrefix(after, "/") || strings.HasPrefix(after, "-") || strings.HasPrefix(after, "%")
	street := slices.Contains(strings.Fields("đường phố ngõ trăm nghìn triệu phần chục tháng"), behind(words, i+1))
	if counts || street || slices.Contains(numbered, before(words, i)) {
		return "", 0
	}
	return FirstWord, 2
}

// shelved are words whose "hàng" stands in another one, or is a row or goods.
var (
	shelved    = strings.Fields("mặt lô đơn gian cửa chuyến kiện xe bán mua nhà ở dãy ngay nhập lấy tại giao ngồi đứng từ hai ba bốn năm")
	notOfRanks = strings.Fields("tiên tư vụ mùa năm tháng tuần ngày đường bờ xuân")
)

// frontRank judges "hàng đầu".
func frontRank(words []word, i int) (WordingKind, int) {
	if behind(words, i) != "đầu" || slices.Contains(shelved, before(words, i)) || slices.Contains(notOfRanks, behind(words, i+1)) {
		return "", 0
	}
	return FirstWord, 2
}
