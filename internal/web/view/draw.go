package view

import "hoicho/internal/draw"

// DrawNotes writes the notes on a draw.
func DrawNotes(b Base, notes []draw.Note) (said []string) {
	for _, n := range notes {
		said = append(said, b.T(n.Key, n.Args...))
	}
	return said
}

// DrawMends say what was put right in a draw before its secret was opened.
func DrawMends(b Base, g draw.Log) (said []string) {
	for _, m := range g.Mends {
		said = append(said, b.T("draw.mended."+string(m.Part), m.Call, m.Was, m.Now, m.Reason))
	}
	return said
}

// DrawVoidKey is the sentence on what the log of a stopped draw tells of its secret.
func DrawVoidKey(g draw.Log) string {
	switch {
	case g.Secret == "":
		return "draw.void.closed"
	case g.Seed == "":
		return "draw.void.opened"
	}
	return "draw.void.would"
}
