package testkit

import (
	"hoicho/internal/app/surveys"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// TypedSurvey is a public survey of Thái Nguyên that ended yesterday, typed in full.
func (k *Kit) TypedSurvey() surveys.Input {
	day := func(n int) string { return vn.ShowDate(vn.AddDays(k.App.Today(), n)) }
	return surveys.Input{Title: "Người dân ưu tiên hàng Việt", Question: "Ông/Bà có ưu tiên mua hàng Việt Nam không?", Share: "83,4", Method: string(committee.ByInterview),
		MethodNote: "Hỏi ngẫu nhiên ở 20 chợ.", Sample: "1.200", Population: "người từ 18 tuổi", Area: "2025:19", Since: day(-20), Ended: day(-2),
		By: "Viện nghiên cứu thị trường", Source: "Báo cáo khảo sát của Ban Chỉ đạo", Link: "https://example.vn/bao-cao", IssuedOn: day(-1), Public: true}
}

// Survey enters TypedSurvey, changed as the test likes.
func (k *Kit) Survey(changes ...func(*surveys.Input)) committee.Survey {
	k.T.Helper()
	in := k.TypedSurvey()
	for _, change := range changes {
		change(&in)
	}
	s, err := k.App.Surveys.Create(k.T.Context(), registry.SystemActor("test"), in)
	if err != nil {
		k.T.Fatal(err)
	}
	return s
}
