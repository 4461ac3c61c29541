package static

type File struct {
	ContentType, ETag string
	Data, Gzip        []byte
}

func Open(name string) (File, bool) { return File{}, false }
func URL(n string) string           { return "/static/" + n }
