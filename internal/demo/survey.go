package demo

import (
	"context"

	"hoicho/internal/app/surveys"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// preferQuestion is what the surveys of the demo ask, but for one.
const preferQuestion = "Khi hàng Việt Nam và hàng ngoại có giá, chất lượng ngang nhau, Ông/Bà có chọn hàng Việt Nam không?"

// surveys enters made-up surveys: of 2020 in Bắc Kạn, of last year and this one in Thái
// Nguyên, of which two asked alike and one did not.
func (f *filler) surveys(ctx context.Context) error {
	of := func(share, area, population, since, ended, issued string, method committee.SurveyMethod, sample string, public bool) surveys.Input {
		return surveys.Input{Title: "Tỷ lệ người dân ưu tiên dùng hàng Việt Nam", Question: preferQuestion, Share: share, Method: string(method), Sample: sample,
			Population: population, Area: area, Since: vn.ShowDate(since), Ended: vn.ShowDate(ended), By: "Tổ khảo sát của Ban Chỉ đạo (số liệu giả định)",
			Source: "Báo cáo khảo sát thử nghiệm của bản dùng thử", IssuedOn: vn.ShowDate(issued), Public: public}
	}
	adults := "người từ 18 tuổi trở lên"
	all := []surveys.Input{
		of("76,5", "2025-before:06", adults, "2020-09-05", "2020-09-30", "2020-11-10", committee.ByInterview, "600", true),
		of("80,2", "2025:19", adults, f.day(-400), f.day(-380), f.day(-360), committee.ByInterview, "1.150", true),
		of("83,4", "2025:19", adults, f.day(-60), f.day(-40), f.day(-20), committee.ByInterview, "1.200", true),
	}
	shops := of("61", "2025:19", "chủ cửa hàng ở chợ trung tâm", f.day(-50), f.day(-45), f.day(-20), committee.ByPhone, "140", false)
	shops.Title, shops.Question = "Tỷ lệ cửa hàng bày hàng Việt ở chỗ dễ thấy", "Hàng Việt Nam có được bày ở chỗ dễ thấy nhất không?"
	for _, in := range append(all, shops) {
		f.clock.tick()
		since, err := vn.ParseDate(in.Since, f.today)
		if err != nil {
			return err
		}
		if registry.EditionOn(since) != registry.Edition2025 && in.Area == "2025:19" {
			continue // before the provinces were joined there was no such unit
		}
		if _, err := f.app.Surveys.Create(ctx, f.officers[registry.Communicator], in); err != nil {
			return err
		}
	}
	return nil
}
