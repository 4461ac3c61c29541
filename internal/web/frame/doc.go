// Package frame is what all doors of web stand in: the server with its middleware,
// policies, sessions and limits of bodies; layouts, heads and the rail of the office;
// forms, uploads and files as they come in and go out; pages that several doors need
// (errors, help, long jobs).
//
// It needs Fiber and app. What is drawn without either belongs to package view; what one
// audience alone sees belongs to its door.
package frame
