package i18n

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// oldWords are words that people did not understand, or that say the same thing by a second
// name, each with what stands in its place.
var oldWords = map[string]map[string]string{
	Vietnamese: {
		"đang chờ gian": "trong danh sách chờ", "chưa hứa cho ai": "chưa xếp, chưa giữ", "Đã báo cáo xong": "Xem và chốt báo cáo",
		"Vẫn tổ chức như cũ": "Tổ chức theo lịch cũ", "Sự kiện gì": "Thông tin chung", "chỗ lệch": "điểm chênh lệch",
		"chỉ việc này": "Xem riêng việc này", "Nguyên văn #": "Bản ghi gốc số", "Không có, hoặc không có quyền": "hai câu",
		"Phản ánh hàng giả": "Phản ánh chất lượng, hàng giả", "Phiên làm việc đã hết": "Đã lâu không dùng nên cần đăng nhập lại",
		"Mức chứng minh xuất xứ": "Hàng này có giấy gì", "Cơ sở tự khai": "Người bán tự nói",
		"(iCal)": "Thêm vào lịch điện thoại", "một số nguyên không âm": "Chỉ ghi số",
		"Cần đánh dấu ô này": "tên của ô", "thư điện tử": "e-mail", "xin chào": "Kính gửi", "bạn": "anh/chị, bà con",
	},
	English: {
		"promised to nobody": "unallocated", "What next": "Next steps", "All visits": "Total visits", "Booths given": "Booths assigned",
		"To look at now": "Needs attention", "no pass of ours": "not one of our passes", "of lunar month": "of the 10th lunar month",
	},
}

// oldLabels are those of them that were the whole of a text; within a sentence they are right.
var oldLabels = map[string]string{"Trang sau": "Xem thêm", "Bán nhóm hàng": "Nhóm hàng", "Thẻ thật": "Thẻ gian hàng thật",
	"Được mời": "Đã mời từ danh sách chờ", "Đã khép": "Không duyệt, đã rút", "Chương trình": "Thuộc chương trình, Lịch hoạt động", "Facts": "Details"}

// slogan is the one text that says "bạn" to everybody: a slogan of the campaign.
const slogan = "home.heading"

// TestOldWordsStayAway: one word for one thing, and words of people.
func TestOldWordsStayAway(t *testing.T) {
	if !whole("bạn").MatchString("Mời Bạn đến") || whole("bạn").MatchString("đồng bạng") || whole("bạn").MatchString("Bản đồ") {
		t.Error("whole words are not told from parts")
	}
	for lang, words := range oldWords {
		texts := rawTexts(t, lang)
		for old, now := range words {
			pattern := whole(old)
			for key, text := range texts {
				if key != slogan && pattern.MatchString(text) {
					t.Errorf("%s: %q in %s; say %q", lang, old, key, now)
				}
			}
		}
		for key, text := range texts {
			if now, is := oldLabels[text]; is {
				t.Errorf("%s: %s is %q; say %q", lang, key, text, now)
			}
		}
		if len(texts) < 2000 {
			t.Errorf("%s: only %d texts were read", lang, len(texts))
		}
	}
}

// whole finds a phrase in whole words, whatever the case of letters.
func whole(phrase string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:^|[^\pL])` + regexp.QuoteMeta(phrase) + `(?:$|[^\pL])`)
}

// rawTexts are the texts of a language as they stand in its files.
func rawTexts(t *testing.T, lang string) map[string]string {
	t.Helper()
	entries, err := files.ReadDir(lang)
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, e := range entries {
		raw, err := files.ReadFile(lang + "/" + e.Name())
		if err != nil {
			t.Fatal(err)
		}
		var file map[string]any
		if err := json.Unmarshal(raw, &file); err != nil {
			t.Fatal(err)
		}
		for key, text := range file {
			texts[key] = strings.TrimSpace(fmt.Sprint(text))
		}
	}
	return texts
}
