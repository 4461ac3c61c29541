package vn

import "strings"

// readDigits are the digits as they are read.
var readDigits = [10]string{"không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"}

// readPlaces are what stands behind each group of three digits, the last first.
var readPlaces = [4]string{"", "nghìn", "triệu", "tỷ"}

// DongWords reads an amount of đồng below a thousand tỷ as vouchers and receipts write
// it: "Năm mươi nghìn đồng". It is empty for what lies outside.
func DongWords(amount int64) string {
	if amount < 0 || amount >= 1_000_000_000_000 {
		return ""
	}
	text := "không"
	if amount > 0 {
		text = readGroups(amount)
	}
	first, rest, _ := strings.Cut(text, " ")
	return strings.TrimSpace(upperFirst(first)+" "+rest) + " đồng"
}

func upperFirst(word string) string {
	runes := []rune(word)
	return strings.ToUpper(string(runes[:1])) + string(runes[1:])
}

// readGroups reads a number by its groups of three digits.
func readGroups(n int64) string {
	var words []string
	for at := len(readPlaces) - 1; at >= 0; at-- {
		group := n / pow1000(at) % 1000
		if group == 0 {
			continue
		}
		words = append(words, readThree(int(group), len(words) > 0))
		if readPlaces[at] != "" {
			words = append(words, readPlaces[at])
		}
	}
	return strings.Join(words, " ")
}

func pow1000(n int) int64 {
	p := int64(1)
	for range n {
		p *= 1000
	}
	return p
}

// readThree reads three digits; behind a higher group the hundreds are read even where
// they are none: "hai triệu không trăm năm mươi nghìn".
func readThree(n int, behind bool) string {
	hundreds, tens, ones := n/100, n/10%10, n%10
	var words []string
	if hundreds > 0 || behind {
		words = append(words, readDigits[hundreds], "trăm")
	}
	switch {
	case tens == 1:
		words = append(words, "mười")
	case tens > 1:
		words = append(words, readDigits[tens], "mươi")
	case ones > 0 && len(words) > 0:
		words = append(words, "lẻ")
	}
	switch {
	case ones == 0:
	case ones == 1 && tens > 1:
		words = append(words, "mốt")
	case ones == 5 && tens > 0:
		words = append(words, "lăm")
	default:
		words = append(words, readDigits[ones])
	}
	return strings.Join(words, " ")
}
