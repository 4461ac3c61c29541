package chart

import "testing"

// BenchmarkPicture paints a chart and a map as files of text take them.
func BenchmarkPicture(b *testing.B) {
	for name, d := range samples(b) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := d.PNG(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
