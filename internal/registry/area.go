package registry

// AreaEdition names a list of administrative units.
type AreaEdition string

// AreaRef names a unit: a code alone is no identity, because codes are used
// again for other units.
type AreaRef struct {
	Edition AreaEdition
	Code    string
}

// Scope is today's codes of an area: itself and what it lies in.
type Scope []string
