package view

// PushAsk offers notifications on the device that reads the page, or says that it has
// them. It asks for nothing by itself: the browser's question comes after a tap.
type PushAsk struct {
	Base
	Key    string // public key of the server, base64url
	Here   bool   // the device has them
	Mailed bool   // without them a letter goes out; else somebody calls
}
