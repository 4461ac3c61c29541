// Package floorplan is the drawn plan of an event: what stands where on its ground, in
// whole centimetres, what is wrong with that, and the drawing of it.
//
// It knows no database and no page: how a plan is kept, and who may change it, belongs to
// the room of plans.
package floorplan
