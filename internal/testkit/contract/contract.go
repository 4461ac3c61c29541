// Package contract checks the API against its description, openapi.yaml. It is a
// package of its own because the validator is large and few tests need it.
package contract

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
	"github.com/pb33f/libopenapi-validator/config"
	v3 "github.com/pb33f/libopenapi/datamodel/high/v3"

	"hoicho/internal/api"
)

// document is openapi.yaml, read once for all tests of a process.
var document = sync.OnceValues(func() (libopenapi.Document, error) { return libopenapi.NewDocument(api.OpenAPI()) })

// Model is what the description says, part by part.
func Model() (*v3.Document, error) {
	doc, err := document()
	if err != nil {
		return nil, err
	}
	model, err := doc.BuildV3Model()
	if err != nil {
		return nil, err
	}
	return &model.Model, nil
}

// headersOfAll stand on every answer of the server, pages too.
var headersOfAll = []string{"Content-Security-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy", "X-Content-Type-Options", "Referrer-Policy"}

// Description is ready to check requests and answers. Fields that it does not name
// are faults too.
var Description = sync.OnceValues(func() (validator.Validator, error) {
	doc, err := document()
	if err != nil {
		return nil, err
	}
	v, errs := validator.NewValidator(doc, config.WithStrictMode(), config.WithFormatAssertions(), config.WithoutSecurityValidation(),
		config.WithStrictIgnoredHeadersExtra(headersOfAll...))
	return v, errors.Join(errs...)
})

// Call sends JSON to an endpoint of the API, with a bearer token unless it is "",
// and returns status and body. The answer has to be as openapi.yaml describes it,
// and so has the request when it was taken.
func Call(t testing.TB, token, method, url, body string) (int, string) {
	t.Helper()
	req, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	req.Body = io.NopCloser(strings.NewReader(body))
	res.Body = io.NopCloser(bytes.NewReader(raw))
	Kept(t, req, res)
	return res.StatusCode, string(raw)
}

// Kept fails the test when an answer is not as openapi.yaml describes it,
// or a request that was taken is not. Both have their bodies to be read.
func Kept(t testing.TB, req *http.Request, res *http.Response) {
	t.Helper()
	v, err := Description()
	if err != nil {
		t.Fatal(err)
	}
	_, faults := v.ValidateHttpResponse(req, res)
	if res.StatusCode < 300 {
		_, more := v.ValidateHttpRequest(req)
		faults = append(faults, more...)
	}
	for _, f := range faults {
		t.Errorf("%s %s, answer %d: %v", req.Method, req.URL.Path, res.StatusCode, f)
	}
}
