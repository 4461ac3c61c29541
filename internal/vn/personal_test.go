package vn

import "testing"

func TestHidePersonal(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"gọi 0987 654 321 nhé":                "gọi ••• nhé",
		"gọi +84 987.654.321":                 "gọi •••",
		"cố định 0209 3870 123":               "cố định •••",
		"CCCD 006080001234 của chị":           "CCCD ••• của chị",
		"số 0060 8000 1234, số 012345678901.": "số •••, số •••.",
		"thư lan@vi-du.vn":                    "thư •••",
		"mã vạch 8936012345678, lô 20261122":  "mã vạch 8936012345678, lô 20261122",
		"500 g, 45.000 đ, 2 gói":              "500 g, 45.000 đ, 2 gói",
		"ngày 22/11/2026 lúc 9:30":            "ngày 22/11/2026 lúc 9:30",
		"":                                    "",
	} {
		if got := HidePersonal(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
