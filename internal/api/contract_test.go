package api_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pb33f/libopenapi-validator/schema_validation"
	"github.com/pb33f/libopenapi/datamodel/high/base"
	v3 "github.com/pb33f/libopenapi/datamodel/high/v3"

	"hoicho/internal/api"
	"hoicho/internal/app"
	"hoicho/internal/testkit/contract"
)

// TestDescriptionIsValid checks openapi.yaml as a document, and every example in it
// against its schema.
func TestDescriptionIsValid(t *testing.T) {
	v, err := contract.Description()
	if err != nil {
		t.Fatal(err)
	}
	if ok, faults := v.ValidateDocument(); !ok {
		t.Fatalf("the document: %v", faults)
	}
	model, err := contract.Model()
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	check := func(name string, content *v3.MediaType) {
		if content.Example == nil {
			t.Errorf("%s has no example", name)
			return
		}
		var example any
		if err := content.Example.Decode(&example); err != nil {
			t.Fatal(err)
		}
		checked++
		fits(t, name, content.Schema.Schema(), example)
	}
	for name, body := range model.Components.RequestBodies.FromOldest() {
		check(name, body.Content.GetOrZero("application/json"))
	}
	for name, answer := range model.Components.Responses.FromOldest() {
		check(name, answer.Content.GetOrZero("application/json"))
	}
	if checked < 35 {
		t.Errorf("only %d examples", checked)
	}
}

func fits(t *testing.T, name string, schema *base.Schema, value any) {
	t.Helper()
	raw, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	if ok, faults := schema_validation.NewSchemaValidator().ValidateSchemaString(schema, string(raw)); !ok {
		for _, f := range faults {
			t.Errorf("example of %s: %v", name, f)
			for _, why := range f.SchemaValidationErrors {
				t.Errorf("%s: %s", name, why.Reason)
			}
		}
	}
}

// TestEveryEndpointIsDescribed compares the description with the routes: the same
// endpoints, each POST with the body that it reads, each with the scopes that it
// needs. A token is never enough by itself.
func TestEveryEndpointIsDescribed(t *testing.T) {
	model, err := contract.Model()
	if err != nil {
		t.Fatal(err)
	}
	described := map[string]*v3.Operation{}
	for path, item := range model.Paths.PathItems.FromOldest() {
		for method, op := range item.GetOperations().FromOldest() {
			described[strings.ToUpper(method)+" "+path] = op
		}
	}
	for _, r := range api.Routes(&app.App{}, nil) {
		key := r.Method + " " + regexp.MustCompile(`:(\w+)`).ReplaceAllString(r.Path, "{$1}")
		op := described[key]
		if op == nil {
			t.Errorf("openapi.yaml does not describe %s", key)
			continue
		}
		delete(described, key)
		if r.Method == "POST" && op.RequestBody == nil && !strings.HasSuffix(r.Path, "/release") {
			t.Errorf("%s has no body", key)
		}
		if (r.Access == api.Token) != (len(r.Scopes) > 0) {
			t.Errorf("%s: access %v with scopes %v", key, r.Access, r.Scopes)
		}
		var scopes []string
		for _, s := range r.Scopes {
			scopes = append(scopes, string(s))
		}
		if said := "Scope: " + strings.Join(scopes, " or ") + "."; len(scopes) > 0 && !strings.HasPrefix(op.Description, said) {
			t.Errorf("%s says %q, want %q", key, op.Description, said)
		}
		if want := map[api.Access]string{api.Token: "token", api.Device: "device", api.Session: "session"}[r.Access]; !slices.Equal(securityOf(op), strings.Fields(want)) {
			t.Errorf("%s is open by %v, want %q", key, securityOf(op), want)
		}
	}
	for key := range described {
		t.Errorf("openapi.yaml describes %s, which is no endpoint", key)
	}
}

// securityOf names the tokens that open an endpoint.
func securityOf(op *v3.Operation) (names []string) {
	for _, s := range op.Security {
		for name := range s.Requirements.FromOldest() {
			names = append(names, name)
		}
	}
	return names
}
