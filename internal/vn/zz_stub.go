package vn

import (
	"strings"
	"time"
)

func DateOf(t time.Time) string         { return t.Add(7 * time.Hour).UTC().Format(time.DateOnly) }
func ValidDate(s string) bool           { _, err := time.Parse(time.DateOnly, s); return err == nil }
func ShowDate(s string) string          { return s }
func Count(n int64) string              { return "" }
func Dong(n int64) string               { return "" }
func Fold(s string) string              { return strings.ToLower(s) }
func SortKey(s string) string           { return strings.ToLower(s) }
func CleanLine(s string) (string, bool) { return s, true }
func CleanText(s string) (string, bool) { return s, true }
