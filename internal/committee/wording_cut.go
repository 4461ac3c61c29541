package committee

import (
	"slices"
	"strconv"
	"strings"
)

// cut is where a price cut stands in a text, in bytes.
type cut struct{ from, to int }

// cutReach is how many words behind "giảm" its percentage stands at most.
const cutReach = 8

// notPrices fall or are cut without being a price.
var notPrices = strings.Fields("thu lượng lệ nghèo phí thoát số hộ khách đơn rủi độ phạm khí nước điện cân hao nợ")

// deepCuts finds price cuts above a ceiling in percent: "giảm giá đến 70%", "sale 60 %",
// "-80%". What else falls, such as a turnover, is no price.
func deepCuts(words []word, ceiling int) (found []cut) {
	for i, w := range words {
		n, ok := percentAt(words, i)
		if !ok || n <= ceiling {
			continue
		}
		if from, is := cutBefore(words, i); is {
			found = append(found, cut{from, w.end() + percentSign(words, i)})
		}
	}
	return append(found, deepFalls(words, ceiling)...)
}

// fallReach is how many words before "còn" the price that fell stands at most.
const fallReach = 7

// deepFalls finds prices that are told before and after and fall by more than a ceiling
// in percent: "từ 100.000 đồng còn 30.000 đồng", "120k chỉ còn 50k".
func deepFalls(words []word, ceiling int) (found []cut) {
	for i, w := range words {
		after, signed := amountAt(words, i+1)
		if w.lower != "còn" || after == 0 {
			continue
		}
		for j := i - 1; j >= 0 && j >= i-fallReach && !strings.ContainsAny(words[j].after, ".!?;\n"); j-- {
			before, alsoSigned := amountAt(words, j)
			if before == 0 {
				continue
			}
			if (signed || alsoSigned) && (before-after)*100 > int64(ceiling)*before {
				found = append(found, cut{words[j].at, words[i+1].end()})
			}
			break
		}
	}
	return found
}

// scales are the words behind a number that stand for zeros.
var scales = map[string]int64{"k": 1000, "nghìn": 1000, "ngàn": 1000, "triệu": 1_000_000}

// leastAmount is from where on a number may be a price in đồng.
const leastAmount = 1000

// amountAt reads an amount of money, 0 for none, and whether a sign of money stands
// behind it.
func amountAt(words []word, i int) (dong int64, signed bool) {
	if i < 0 || i >= len(words) {
		return 0, false
	}
	text, next := words[i].lower, lowerAt(words, i+1)
	scale := int64(1)
	if digits, ok := strings.CutSuffix(text, "k"); ok {
		text, scale, signed = digits, 1000, true
	} else if s := scales[next]; s > 0 {
		scale, signed = s, true
	}
	n, err := strconv.ParseInt(strings.ReplaceAll(text, ".", ""), 10, 64)
	if err != nil || n > 1_000_000_000 || n*scale < leastAmount {
		return 0, false
	}
	mark := strings.TrimSpace(words[i].after)
	return n * scale, signed || next == "đồng" || next == "đ" || next == "vnđ" || strings.HasPrefix(mark, "₫")
}

// percentAt reads a percentage: "70%", "70 %", "70 phần trăm".
func percentAt(words []word, i int) (n int, ok bool) {
	whole, _, _ := strings.Cut(strings.ReplaceAll(words[i].lower, ",", "."), ".")
	n, err := strconv.Atoi(whole)
	named := lowerAt(words, i+1) == "phần" && lowerAt(words, i+2) == "trăm" && strings.TrimSpace(words[i].after) == ""
	return n, err == nil && (named || strings.HasPrefix(strings.TrimSpace(words[i].after), "%"))
}

// percentSign is how many bytes lie between the number and the end of its sign.
func percentSign(words []word, i int) int {
	if at := strings.IndexByte(words[i].after, '%'); at >= 0 {
		return at + 1
	}
	return words[i+2].end() - words[i].end()
}

// cutBefore finds the word by which a percentage is one of a price, and where it
// begins.
func cutBefore(words []word, i int) (from int, ok bool) {
	if i > 0 && strings.HasSuffix(words[i-1].after, "-") && strings.TrimSpace(strings.TrimSuffix(words[i-1].after, "-")) == "" &&
		strings.HasPrefix(words[i-1].after, " ") {
		return words[i].at - 1, true
	}
	for j := i - 1; j >= 0 && j >= i-cutReach; j-- {
		if strings.ContainsAny(words[j].after, ".!?;\n") {
			return 0, false
		}
		switch words[j].lower {
		case "giảm":
			return words[j].at, !fallsByItself(words, j)
		case "sale", "khuyến", "chiết", "off":
			return words[j].at, true
		}
	}
	return 0, false
}

// fallsByItself reports whether what is said to fall is no price.
func fallsByItself(words []word, i int) bool {
	if lowerAt(words, i+1) == "giá" {
		return false
	}
	for j := i - 1; j >= 0 && j >= i-4 && !strings.ContainsAny(words[j].after, ".!?;,\n"); j-- {
		if slices.Contains(notPrices, words[j].lower) {
			return true
		}
	}
	return slices.Contains(notPrices, lowerAt(words, i+1)) || slices.Contains(notPrices, lowerAt(words, i+2))
}
