package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"hoicho/internal/draw"
	"hoicho/internal/i18n"
)

// drawCmd is about the logs of public draws.
type drawCmd struct {
	Verify drawVerifyCmd `cmd:"" help:"Compute a draw anew from its log and say what is right; needs no database. Exit code 1 when something is not, 8 when the file has no result yet or never will."`
}

// drawVerifyCmd checks the log of a draw.
type drawVerifyCmd struct {
	From    string `arg:"" help:"Log to check, as it is downloaded from the page of the draw."`
	Lang    string `enum:"vi,en" default:"vi" help:"Language of the sentences (${enum})."`
	Code    string `help:"The code of the list as it was published before the draw, such as from a photo of the screen."`
	Promise string `help:"The promise of the secret as it was published before the draw."`
	Against string `help:"A log that was downloaded earlier: the first difference is named."`
}

// errDraw says that a log does not stand up to the check; the sentences tell why.
var errDraw = errors.New("this file proves nothing")

// errNoResult says that a log is in order, but of a draw that is not over or was stopped.
var errNoResult = errors.New("this draw has no result")

// Run checks the log.
func (cmd *drawVerifyCmd) Run(e *env) error {
	for _, code := range []*string{&cmd.Code, &cmd.Promise} {
		plain, ok := draw.Ungroup(*code)
		if *code != "" && !ok {
			return usageError{errors.New(i18n.T(cmd.Lang, "draw.error.code_form"))}
		}
		*code = plain
	}
	g, err := readDraw(cmd.From)
	if err != nil {
		return cmd.plain(cmd.From, err)
	}
	var strange, known []string
	if cmd.Code != "" && cmd.Code != g.ListCode {
		strange = append(strange, i18n.T(cmd.Lang, "draw.fault.code_other", cmd.Code, g.ListCode))
	}
	if cmd.Promise != "" && cmd.Promise != g.Commitment {
		strange = append(strange, i18n.T(cmd.Lang, "draw.fault.promise_other", cmd.Promise, g.Commitment))
	}
	if cmd.Against != "" {
		published, err := readDraw(cmd.Against)
		if err != nil {
			return cmd.plain(cmd.Against, err)
		}
		d, same := draw.Compare(published, g)
		switch {
		case same:
		case g.Continues(published):
			known = append(known, i18n.T(cmd.Lang, "draw.against.earlier"))
		case published.Continues(g):
			known = append(known, i18n.T(cmd.Lang, "draw.against.later"))
		default:
			strange = append(strange, differs(cmd.Lang, d))
		}
	}
	r := g.Verify()
	if err := cmd.tell(e.out, g, r, found{strange, known}); err != nil {
		return err
	}
	switch {
	case r.Verdict == draw.Bad || len(strange) > 0:
		return errDraw
	case !r.OK():
		return errNoResult
	}
	return nil
}

// plain says in words that a file cannot be read as a log.
func (cmd *drawVerifyCmd) plain(file string, err error) error {
	if errors.Is(err, draw.ErrNoLog) {
		return fmt.Errorf("%s: %s", file, i18n.T(cmd.Lang, "draw.error.no_log"))
	}
	return err
}

// found are sentences beside the checks of a log.
type found struct {
	strange []string // it is not the file that was published
	known   []string // it is a state of the same draw
}

// tell writes the verdict first, then each check, then what has to be compared by eye.
func (cmd *drawVerifyCmd) tell(out io.Writer, g draw.Log, r draw.Report, beside found) error {
	lines := []string{i18n.T(cmd.Lang, "draw.verdict."+string(r.Verdict), len(g.Result))}
	if bad := r.Bad() + len(beside.strange); bad > 0 {
		lines[0] = i18n.T(cmd.Lang, "draw.verdict.bad", bad)
	}
	for i, f := range r.Findings {
		sign, said := "+", i18n.T(cmd.Lang, "draw.check."+string(f.Check))
		if f.Fault != "" {
			sign, said = "!", i18n.T(cmd.Lang, "draw.fault."+f.Fault, f.Args...)
		}
		if f.Waits {
			sign = "-"
		}
		lines = append(lines, fmt.Sprintf("%s %d. %s", sign, i+1, said))
	}
	for _, s := range beside.strange {
		lines = append(lines, "! "+s)
	}
	for _, s := range beside.known {
		lines = append(lines, "+ "+s)
	}
	lines = append(lines, i18n.T(cmd.Lang, "draw.compare", g.ListCode, g.Commitment))
	for _, l := range lines {
		if _, err := fmt.Fprintln(out, l); err != nil {
			return err
		}
	}
	return nil
}

// differs says where a log is not the one that was published.
func differs(lang string, d draw.Difference) string {
	if d.Line > 0 {
		return i18n.T(lang, "draw.differs.line", d.Line, d.Was, d.Now)
	}
	return i18n.T(lang, "draw.differs.part", d.Field, d.Was, d.Now)
}

// readDraw reads a log from a file.
func readDraw(name string) (g draw.Log, err error) {
	f, err := os.Open(name)
	if err != nil {
		return g, err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, draw.MostBytes+1))
	if err != nil {
		return g, err
	}
	return draw.Read(raw)
}
