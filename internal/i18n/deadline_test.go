package i18n

import "testing"

// TestADeadlineAtMidnightIsTheEndOfItsDay: in the words of whoever reads the text.
func TestADeadlineAtMidnightIsTheEndOfItsDay(t *testing.T) {
	for lang, want := range map[string]string{Vietnamese: "Đã hết hạn nhận đơn (hết ngày 08/12/2026). Nếu vẫn muốn tham gia, hãy gọi ban tổ chức.",
		English: "The time for applications is over (the end of 08/12/2026). If you still wish to take part, please call the organiser."} {
		if got := T(lang, "error.application.window_over", Midnight+"08/12/2026"); got != want {
			t.Errorf("%s: %q", lang, got)
		}
	}
	if got := T(Vietnamese, "error.application.window_over", "17:00 08/12/2026"); got != "Đã hết hạn nhận đơn (17:00 08/12/2026). Nếu vẫn muốn tham gia, hãy gọi ban tổ chức." {
		t.Errorf("an hour reads %q", got)
	}
}
