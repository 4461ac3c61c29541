package web_test

import (
	"net/url"
	"regexp"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/web"
)

// blankCell is a cell of a table that holds white space and nothing else: on a narrow
// screen an empty cell is hidden, and this one leaves a gap.
var blankCell = regexp.MustCompile(`<t[dh][^<>]*>\s+(</?t[dhr]|</?tbody|</?thead|</table)`)

func noBlankCells(t *testing.T, where, body string) {
	t.Helper()
	for _, cell := range blankCell.FindAllString(body, -1) {
		t.Errorf("%s: a cell with nothing but white space: %q; close its tag at once", where, cell)
	}
}

func TestBlankCellsAreFound(t *testing.T) {
	for sample, blank := range map[string]bool{"<td>\n</td>": true, "<td class=\"n\"> <th>": true, "<th scope=\"col\">\n\t</tr>": true, "<td>\n</tbody>": true,
		"<td></td>": false, "<td> 1</td>": false, "<td>\n<b>1</b></td>": false, "<tr> <td>1</td>": false} {
		if blankCell.MatchString(sample) != blank {
			t.Errorf("%q is taken for the other", sample)
		}
	}
}

// TestEveryPageAnswers opens every page as a reader who may, and pairs a phone.
func TestEveryPageAnswers(t *testing.T) {
	s := newStall(t)
	_, token := s.k.Officer(registry.Admin, "")
	admin, vendor, nobody := testkit.NewClient(t, s.base), testkit.NewClient(t, s.base), testkit.NewClient(t, s.base)
	admin.SignInAs(token)
	vendor.SignInAs(s.vendorToken)
	readers := map[string]*testkit.Client{"": nobody, "admin": admin, "vendor": vendor}
	for _, v := range visitsOf(&s, web.Policies(s.server)) {
		got := readers[v.who].Get(v.path)
		if got.Status != 200 && got.Status != 303 {
			t.Errorf("%s: %d", v.path, got.Status)
		}
		noBlankCells(t, v.path, got.Body)
	}
	pair := admin.Post("/quan-ly/su-kien/"+string(s.event.ID)+"/cong/ghep", url.Values{"gates": {"1"}, "role": {"steward"}})
	if pair.Status == 303 {
		pair = admin.Get(pair.Location)
	}
	testkit.Page(t, pair.Body).In("#token")
}
