package gate

import (
	"strings"
	"testing"

	"hoicho/internal/registry"
)

func TestParseTelling(t *testing.T) {
	for header, want := range map[string]registry.DeviceTelling{
		"app=a1b2c3; queue=37; battery=81": {App: "a1b2c3", Queue: 37, Battery: 81},
		"app=dev; queue=0; battery=":       {App: "dev", Battery: registry.NoBattery},
		"app=dev; queue=0; battery=100":    {App: "dev", Battery: 100},
		"app=x; queue=9999999; battery=0":  {App: "x", Queue: 9999999},
	} {
		if got, ok := ParseTelling(header); !ok || got != want {
			t.Errorf("%q: %+v, %v", header, got, ok)
		}
	}
	for _, rubbish := range []string{
		"", "app=; queue=1; battery=1", "app=a; queue=; battery=1", "app=a; queue=-1; battery=1", "app=a; queue=1; battery=101",
		"app=a; queue=1; battery=1000", "app=a;queue=1;battery=1", "queue=1; app=a; battery=1", "app=a; queue=1; battery=1; x=1",
		"app=<script>; queue=1; battery=1", "app=a; queue=12345678; battery=1", "app=" + strings.Repeat("a", 41) + "; queue=1; battery=1",
		"app=a; queue=١; battery=1", "app=a; queue=1; battery=1\n",
	} {
		if got, ok := ParseTelling(rubbish); ok {
			t.Errorf("%q was taken as %+v", rubbish, got)
		}
	}
}
