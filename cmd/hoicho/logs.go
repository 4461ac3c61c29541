package main

import (
	"fmt"
	"io"
	"log/slog"
	"os"
)

// logFlags say what a server writes into its log, which goes to standard error as
// JSON, a line for each thing.
type logFlags struct {
	LogLevel string `name:"log-level" env:"HOICHO_LOG_LEVEL" enum:"debug,info,warn,error" default:"info" help:"Least grave of what is logged: ${enum}; debug has a line for each request."`
}

// logger makes the log.
func (f logFlags) logger() *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(f.LogLevel)); err != nil {
		level = slog.LevelInfo // the flag knows no other
	}
	return slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
}

// tell prints what a server says at its start: text for a person at a terminal, else
// a line of JSON as in the log, whatever the log's level.
func (e *env) tell(text, msg string, attrs ...any) {
	if isTerminal(e.out) {
		fmt.Fprintln(e.out, text)
		return
	}
	slog.New(slog.NewJSONHandler(e.out, nil)).Info(msg, attrs...)
}

func isTerminal(out io.Writer) bool {
	file, ok := out.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
