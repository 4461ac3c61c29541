package frame

import (
	"bytes"
	"strconv"

	"github.com/valyala/fasthttp"

	"hoicho/internal/api"
)

// noteBegin notes when what a phone hands in began to come, before its body is read:
// a slow line would look like a slow clock.
func (s *Server) noteBegin(h *fasthttp.RequestHeader) fasthttp.RequestConfig {
	h.Del(api.BeganHeader)
	if bytes.HasPrefix(h.RequestURI(), []byte("/api/v1/gate/")) {
		h.Set(api.BeganHeader, strconv.FormatInt(s.App.NowMS(), 10))
	}
	return fasthttp.RequestConfig{}
}
