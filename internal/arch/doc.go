// Package arch holds no code: its tests keep the tree as the architecture
// wants it. Each rule is a function from sources to faults and is shown a bad
// sample that it must catch, beside the tree that must have none.
package arch
