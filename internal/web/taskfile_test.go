package web_test

import (
	"bytes"
	"mime/multipart"
	"net/textproto"
	"net/url"
	"strings"
	"testing"

	"hoicho/internal/app/campaign"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

const smallPDF = "%PDF-1.7\n1 0 obj\n%%EOF\n"

// filesForm is a form with several files of the field "file".
func filesForm(t *testing.T, fields url.Values, files map[string]string) (kind string, body *bytes.Buffer) {
	t.Helper()
	body = &bytes.Buffer{}
	w := multipart.NewWriter(body)
	for name, values := range fields {
		for _, v := range values {
			if err := w.WriteField(name, v); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, data := range files {
		head := textproto.MIMEHeader{"Content-Disposition": {`form-data; name="file"; filename="` + name + `"`}, "Content-Type": {"application/octet-stream"}}
		part, err := w.CreatePart(head)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(data)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return w.FormDataContentType(), body
}

func TestFilesOfATaskInTheOffice(t *testing.T) {
	k := testkit.NewApp(t)
	base := k.Serve()
	task := k.Task()
	admin := testkit.NewClient(t, base)
	_, token := k.Officer(registry.Admin, "")
	admin.SignInAs(token)
	at := "/quan-ly/nhiem-vu/" + string(task.ID)
	send := func(fields url.Values, files map[string]string) testkit.Answer {
		kind, body := filesForm(t, fields, files)
		return admin.Do("POST", at+"/cap-nhat", kind, body)
	}
	t.Run("words and two files", func(t *testing.T) {
		if page := send(url.Values{"version": {"1"}, "text": {"Đã gửi kết quả"}, "state": {""}}, map[string]string{"kết quả.pdf": smallPDF, "ảnh.png": string(testkit.PhotoPNG(t))}); page.Status != 303 {
			t.Fatalf("sent with %d: %s", page.Status, testkit.Page(t, page.Body).In("main").Text())
		}
		main := testkit.Page(t, admin.Get(at).Body).In("main")
		for _, words := range []string{"Tệp kèm theo", "kết quả.pdf", "ảnh.jpg", "Đã gửi kết quả"} {
			main.HasText(words)
		}
	})
	link := ""
	for _, a := range testkit.Page(t, admin.Get(at).Body).Find("main a").Each() {
		if strings.Contains(a.Attr("href"), "/tep/") && strings.Contains(a.Text(), ".pdf") {
			link = a.Attr("href")
		}
	}
	t.Run("a file is downloaded, not opened", func(t *testing.T) {
		file := admin.Get(link)
		if file.Status != 200 || file.Body != smallPDF || file.Header.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(file.Header.Get("Content-Disposition"), "attachment") {
			t.Errorf("%d, %s, %s", file.Status, file.Header.Get("Content-Type"), file.Header.Get("Content-Disposition"))
		}
	})
	t.Run("nobody else finds it", func(t *testing.T) {
		other := testkit.NewClient(t, base)
		_, token := k.Officer(registry.Viewer, testkit.BaBe.Code)
		other.SignInAs(token)
		if file := other.Get(link); file.Status != 404 {
			t.Errorf("a viewer of a commune gets %d", file.Status)
		}
		if file := testkit.NewClient(t, base).Get("/tep/" + link[strings.LastIndex(link, "/")+1:]); file.Status != 404 {
			t.Errorf("everybody gets %d", file.Status)
		}
	})
	t.Run("the words stay where a file is refused", func(t *testing.T) {
		page := send(url.Values{"version": {"2"}, "text": {"Viết dài"}, "state": {""}}, map[string]string{"x.exe": "MZ"})
		if page.Status != 422 {
			t.Fatalf("a program gives %d", page.Status)
		}
		testkit.Page(t, page.Body).Find("#e-file").HasText("PDF")
		testkit.Page(t, page.Body).Find("textarea[name=text]").HasText("Viết dài")
	})
	t.Run("a file too large is told", func(t *testing.T) {
		page := send(url.Values{"version": {"2"}, "text": {"Viết dài"}, "state": {""}}, map[string]string{"x.pdf": "%PDF-" + strings.Repeat("x", 13<<20)})
		if page.Status != 422 {
			t.Fatalf("13 MB give %d", page.Status)
		}
		testkit.Page(t, page.Body).Find("#e-file").HasText("12 MB")
	})
	t.Run("a plan takes its signed paper", func(t *testing.T) {
		kind, body := filesForm(t, nil, map[string]string{"kế hoạch.pdf": smallPDF})
		if page := admin.Do("POST", "/quan-ly/ke-hoach/"+string(task.Plan)+"/tep", kind, body); page.Status != 303 {
			t.Fatalf("filed with %d", page.Status)
		}
		testkit.Page(t, admin.Get("/quan-ly/ke-hoach/"+string(task.Plan)).Body).In("main").HasText("kế hoạch.pdf")
	})
}

func TestTheChaseListOfATask(t *testing.T) {
	k := testkit.NewApp(t)
	base := k.Serve()
	task, actor := k.Task(), registry.SystemActor("test")
	made, err := k.App.Campaign.CreateBody(t.Context(), actor, campaign.BodyInput{Kind: string(committee.MemberOrg), Name: "Hội Nông dân", Area: "2025:19", Email: "nd@hoicho.example"})
	testkit.Works(t, err)
	silent, err := k.App.Campaign.CreateBody(t.Context(), actor, campaign.BodyInput{Kind: string(committee.MemberOrg), Name: "Hội Phụ nữ", Area: "2025:19", Phone: "02093871234"})
	testkit.Works(t, err)
	in := campaign.TaskInputOf(task, 0)
	in.Supporting = []string{string(made.ID), string(silent.ID)}
	testkit.Works(t, k.App.Campaign.EditTask(t.Context(), actor, task.ID, in))
	c := testkit.NewClient(t, base)
	_, token := k.Officer(registry.Organiser, "19")
	c.SignInAs(token)
	at := "/quan-ly/nhiem-vu/" + string(task.ID)
	list := testkit.Page(t, c.Get(at).Body).In("#nhac")
	for _, words := range []string{"Còn thiếu 3, đã gửi 0", "Hội Nông dân", "Hội Phụ nữ", "0209 3871 234", "chưa có địa chỉ thư"} {
		list.HasText(words)
	}
	list.Find("textarea").HasText("Hội Nông dân; Hội Phụ nữ")
	keys := []string{string(task.ID) + ":" + string(made.ID), string(task.ID) + ":" + string(silent.ID)}
	answer := testkit.Page(t, c.Post(at+"/nhac", url.Values{"pick": keys}).Body).In("#nhac")
	answer.HasText("Đã đưa 1 thư vào hàng gửi, cho 1 nơi.").HasText("Chưa có địa chỉ thư, hãy gọi: Hội Phụ nữ.").HasText("nhắc 1 lần")
	testkit.Page(t, c.Post(at+"/nhac", url.Values{"pick": keys[:1]}).Body).In("#nhac").HasText("Hôm nay đã nhắc rồi: Hội Nông dân.")
	if page := c.Post(at+"/nhac", url.Values{}); page.Status != 422 {
		t.Errorf("nobody ticked gives %d", page.Status)
	}
}
