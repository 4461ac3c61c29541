package fact

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
)

// unsaid reports whether the fact has nothing to say.
func (f Fact) unsaid() bool {
	return f.Kind == hidden || f.Before == nil && len(f.After) == 0 && f.Kind != Unquoted
}

// MarshalJSON writes a fact as a list: field, kind, and the value or the values
// before and after. A value is a string, or a list of none or several.
func (f Fact) MarshalJSON() ([]byte, error) {
	parts := []any{f.Field, f.Kind}
	if f.Before != nil {
		parts = append(parts, value(f.Before))
	}
	if f.Kind != Unquoted {
		parts = append(parts, value(f.After))
	}
	return json.Marshal(parts)
}

func value(values []string) any {
	if len(values) == 1 {
		return values[0]
	}
	return append([]string{}, values...)
}

// String is how facts stand in the log; those without a value are left out.
func (fs Facts) String() string {
	said := slices.DeleteFunc(slices.Clone(fs), Fact.unsaid)
	if len(said) == 0 {
		return "[]"
	}
	text, err := json.Marshal(said)
	if err != nil {
		panic(err) // strings always marshal
	}
	return string(text)
}

// Parse reads facts as String writes them. It is an error if the text is anything
// else.
func Parse(text string) (fs Facts, err error) {
	err = json.Unmarshal([]byte(text), &fs)
	return fs, err
}

// UnmarshalJSON reads a fact as MarshalJSON writes it.
func (f *Fact) UnmarshalJSON(text []byte) error {
	var parts []values
	if err := json.Unmarshal(text, &parts); err != nil {
		return err
	}
	if len(parts) < 2 || len(parts) > 4 || len(parts[0]) != 1 || len(parts[1]) != 1 {
		return errors.New("a fact of the audit log is a field, a kind and its values")
	}
	*f = Fact{Field: parts[0][0], Kind: Kind(parts[1][0])}
	switch len(parts) {
	case 3:
		f.After = parts[2]
	case 4:
		f.Before, f.After = parts[2], parts[3]
	}
	if len(f.After) == 0 {
		f.After = nil
	}
	return nil
}

// values is a string or a list of strings.
type values []string

// UnmarshalJSON reads one text or several.
func (v *values) UnmarshalJSON(text []byte) error {
	if bytes.HasPrefix(text, []byte("[")) {
		return json.Unmarshal(text, (*[]string)(v))
	}
	var one string
	err := json.Unmarshal(text, &one)
	*v = values{one}
	return err
}
