package frame

import (
	"hoicho/internal/app/events"
	"hoicho/internal/web/view"
)

// WillTell says whom a step will reach, and who will have to be called.
func WillTell(b view.Base, x events.Effect) string {
	text := willTell(b, x)
	if x.Calls > 0 && x.Pushes > 0 {
		text += " " + b.T("call.will.pushed", x.Pushes)
	}
	return text
}

func willTell(b view.Base, x events.Effect) string {
	switch {
	case x.Letters == 0 && x.Calls == 0:
		return b.T("call.will.nobody")
	case x.Calls == 0:
		return b.T("call.will.mailed", x.Letters)
	case x.Letters == 0:
		return b.T("call.will.to_call", x.Calls)
	}
	return b.T("call.will.both", x.Letters, x.Calls)
}
