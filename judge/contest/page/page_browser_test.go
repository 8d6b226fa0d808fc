package page

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// list is the text of a column of the shown submissions, by the header of the column.
func list(column string) string {
	return fmt.Sprintf(`(() => { const t = document.querySelector("#list"), at = [...t.tHead.rows[0].cells].findIndex(c => c.textContent === %q);
		return [...t.tBodies[0].rows].map(r => r.cells[at].textContent).join(" "); })()`, column)
}

func TestPageFitsTheWindowInABrowser(t *testing.T) {
	b := startBrowser(t)
	if b == nil {
		return
	}
	r := many(40, 300)
	r.Contest.Name = strings.Repeat("Averylongnamewithoutablank", 8)
	r.Contest.Teams[0].Name = r.Contest.Name
	r.Judgements["s00000"].Evidence = strings.Repeat("x", 1000)
	b.show(written(t, r, Live{Round: again, Grading: true, Left: time.Hour, Written: start()}))
	for _, width := range []int{390, 1440} {
		for _, scheme := range []string{"light", "dark"} {
			b.resize(width, scheme)
			for _, tab := range []string{"board", "submissions", "rejudgings", "machines", "pending"} {
				b.eval(fmt.Sprintf(`document.getElementById("tab-%s").click()`, tab))
				if got := b.eval(`document.documentElement.scrollWidth`); got.(float64) > float64(width) {
					t.Errorf("%s: the page is %v px wide in a window of %d", tab, got, width)
				}
			}
		}
	}
}

func TestPageWorksByKeyboardInABrowser(t *testing.T) {
	b := startBrowser(t)
	if b == nil {
		return
	}
	b.show(written(t, sample(), Live{Round: again}))
	open := `[...document.querySelectorAll("main > section")].filter(s => s.checkVisibility()).map(s => s.id).join()`
	b.wants(open, "board")
	b.tabTo("tab-board")
	b.press("ArrowRight")
	b.wants(open, "submissions")
	b.wants("document.activeElement.id", "tab-submissions")
	b.press("End")
	b.wants(open, "pending")
	b.press("ArrowRight", "ArrowLeft", "Home", "ArrowRight")
	b.wants(open, "submissions")
	b.wants(list("Id"), "s8 s7 s6 s4 s3 s2 s1") // the newest first

	b.tabTo("search")
	b.press("S", "3")
	b.wants(list("Id"), "s3")
	b.wants(`document.getElementById("count").textContent`, "1 of 7 submissions")
	b.tabTo("reset")
	b.press("Enter")
	b.tabTo("by-0")
	b.press("Enter")
	b.wants(list("Id"), "s1 s2 s3 s4 s6 s7 s8")
	b.wants(`[...document.querySelectorAll("[aria-sort]")].map(h => h.textContent + h.ariaSort).join()`, "Idascending")
	b.press(" ")
	b.wants(list("Id"), "s8 s7 s6 s4 s3 s2 s1")
	b.wants(`[...document.querySelectorAll("[aria-sort]")].map(h => h.textContent + h.ariaSort).join()`, "Iddescending")
	for range 20 { // back to the filters
		if b.text("document.activeElement.id") == "problem" {
			break
		}
		b.press("Shift+Tab")
	}
	b.press("ArrowDown", "ArrowDown")
	b.wants(list("Problem"), "B B B")
	b.tabTo("verdict")
	b.press("ArrowDown", "ArrowDown", "ArrowDown")
	b.wants(list("Id"), "s6")
	b.eval(`document.getElementById("tab-board").click()`)
	b.tabTo("tab-board")
	b.tabTo("team-index") // the name of a team leads to its submissions
	b.press("Enter")
	b.wants(open, "submissions")
	b.wants(list("Id"), "s8")
	b.wants("document.activeElement.id", "team")
}

func TestPageHasRolesAndNamesInABrowser(t *testing.T) {
	b := startBrowser(t)
	if b == nil {
		return
	}
	b.show(written(t, sample(), Live{Round: again, Grading: true, Written: start()}))
	tree := b.tree()
	wants := func(lines ...string) {
		t.Helper()
		for _, line := range lines {
			if !slices.Contains(tree, line) {
				t.Errorf("the accessibility tree has no %q; it is\n%s", line, strings.Join(tree, "\n"))
			}
		}
	}
	wants("banner", "main", "contentinfo", "navigation Sections", "tablist Sections", "tab Scoreboard", "tab Submissions", "tab Pending (2)",
		"tabpanel Scoreboard", "heading Spring contest 2027", "region Table: scoreboard", "columnheader Team", "rowheader Lund 2 👩‍💻 Lunds tekniska högskola",
		"cell first to solve, solved, minute 44 2 tries", "button Pause updates", "progressbar Grading:")
	b.eval(`document.getElementById("tab-submissions").click()`)
	tree = b.tree()
	wants("tabpanel Submissions", "searchbox Search", "combobox Team", "combobox Problem", "combobox Verdict", "combobox Language",
		"button Show all", "group Filters", "status", "region Table: submissions", "rowheader s1", "button Verdict", "button Next page")
}

func TestPageIsQuickWithManySubmissionsInABrowser(t *testing.T) {
	b := startBrowser(t)
	if b == nil {
		return
	}
	b.show(written(t, many(400, 10_000), Live{}))
	b.eval(`document.getElementById("tab-submissions").click()`)
	b.wants(`document.querySelectorAll("#list tbody tr").length`, "100") // what is not shown costs nothing
	b.wants(`document.getElementById("place").textContent`, "Page 1 of 100")
	b.tabTo("search")
	b.press("s", "0", "9", "9", "9")
	b.wants(list("Id"), "s09999 s09998 s09997 s09996 s09995 s09994 s09993 s09992 s09991 s09990")
	b.tabTo("reset")
	b.press("Enter")
	b.tabTo("by-7")
	b.press("Enter", "Enter")
	b.wants(`document.querySelector("#list tbody th").textContent`, "s09999")
	b.tabTo("next")
	b.press("Enter")
	b.wants(`document.querySelector("#list tbody th").textContent`, "s09899")
	b.wants(`document.getElementById("count").textContent`, "10,000 of 10,000 submissions, page 2")
	b.eval(`document.getElementById("verdict").value = "2"; document.getElementById("verdict").dispatchEvent(new Event("input"))`)
	b.wants(`document.getElementById("count").textContent`, "2,500 of 10,000 submissions")
	b.wants(`document.getElementById("place").textContent`, "Page 1 of 25")
}

func TestForeignTextDoesNothingInABrowser(t *testing.T) {
	b := startBrowser(t)
	if b == nil {
		return
	}
	page := written(t, sample(), Live{Round: again})
	b.show(strings.Replace(page, "<body>", `<body><p id="told"></p><script>document.getElementById("told").textContent = "a script ran"</script>`, 1))
	b.wants(`document.getElementById("told").textContent`, "") // the policy permits only the page's own scripts
	b.wants(`document.scripts.length`, "4")
	b.wants(`document.querySelectorAll("iframe, img, object, embed").length`, "0")
	b.eval(`document.getElementById("tab-submissions").click()`)
	b.wants(`document.querySelectorAll("#list tbody *:not(tr, th, td, bdi)").length`, "0")
	if got := b.text(list("Team")); !strings.Contains(got, "</script><script>alert(1)</script>") {
		t.Errorf("the name of a team is shown as %q", got)
	}
}

func TestPageWithoutScriptInABrowser(t *testing.T) {
	b := startBrowser(t)
	if b == nil {
		return
	}
	b.call("Emulation.setScriptExecutionDisabled", map[string]any{"value": true})
	b.show(written(t, sample(), Live{Round: again}))
	tree := b.tree()
	for _, line := range []string{
		"cell first to solve, solved, minute 44 2 tries", "heading Rejudgings", "heading Machines", "heading Pending", "link Submissions",
		"StaticText The list of submissions needs JavaScript. The judge also writes it as CSV and JSON.",
	} {
		if !slices.Contains(tree, line) {
			t.Errorf("the accessibility tree has no %q; it is\n%s", line, strings.Join(tree, "\n"))
		}
	}
	if slices.Contains(tree, "searchbox Search") {
		t.Error("filters that do nothing are shown")
	}
}

// TestPageReloadsItselfInABrowser: a page of a grading loads the next one, keeps what the reader did, and stops at the end.
func TestPageReloadsItselfInABrowser(t *testing.T) {
	b := startBrowser(t)
	if b == nil {
		return
	}
	r, minute, path := many(60, 3000), 0, ""
	next := func(seconds string, live Live) string { // the next page reloads after that time
		minute++
		live.Written = start().Add(time.Duration(minute) * time.Minute)
		page := strings.Replace(written(t, r, live), `data-reload="10"`, `data-reload="`+seconds+`"`, 1)
		if path != "" {
			if err := os.WriteFile(path, []byte(page), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		return page
	}
	path = b.show(next("600", Live{Grading: true}))
	b.tabTo("pause")
	b.press("Enter")
	b.eval(`document.getElementById("tab-submissions").click()`)
	b.tabTo("search")
	b.press("W", "A")
	b.eval(`document.getElementById("by-7").click(); document.getElementById("next").click();
		document.getElementById("scroll-submissions").scrollTop = 300; scrollTo(0, 150)`)
	seen := `[document.activeElement.id, document.getElementById("search").value, document.getElementById("search").selectionStart,
		document.querySelector("main > section.open").id, document.getElementById("place").textContent,
		document.querySelector("[aria-sort]").textContent, document.getElementById("scroll-submissions").scrollTop, scrollY].join(" ")`
	want := "search WA 2 submissions Page 2 of 8 CPU 300 150"
	shows := func(written, pressed string) {
		t.Helper()
		b.wants(seen, want)
		b.wants(`document.getElementById("state").textContent.includes("`+written+`")`, "true")
		b.wants(`document.getElementById("pause")?.ariaPressed`, pressed)
	}
	shows("10:01:00", "true")
	b.eval(`new Promise(saved => setInterval(() => { if (history.state.y === 150 && history.state.focus === "search") saved(); }, 20))`)

	next("0.2", Live{Grading: true}) // the reader loads it
	b.send("Page.reload", nil)
	b.until("Page.loadEventFired")
	shows("10:02:00", "true")

	next("600", Live{Grading: true}) // the page loads it as soon as it is no longer paused
	b.send("Runtime.evaluate", map[string]any{"expression": `document.getElementById("pause").click()`})
	b.until("Page.loadEventFired")
	shows("10:03:00", "false")

	next("0.2", Live{}) // grading has ended
	b.send("Page.reload", nil)
	b.until("Page.loadEventFired")
	shows("10:04:00", "<nil>")
	b.wants(`document.documentElement.dataset.reload`, "0")
}

// TestPageSaysThatNothingChangesInABrowser: a page that nobody writes any more says so.
func TestPageSaysThatNothingChangesInABrowser(t *testing.T) {
	b := startBrowser(t)
	if b == nil {
		return
	}
	page := written(t, sample(), Live{Grading: true, Written: start()})
	b.show(strings.Replace(page, `data-reload="10"`, `data-reload="600"`, 1))
	for range 3 {
		b.wants(`document.getElementById("stale").textContent`, "")
		b.send("Page.reload", nil)
		b.until("Page.loadEventFired")
	}
	b.wants(`document.getElementById("stale").textContent`,
		"Nothing has changed since 2027-03-06 10:00:00 +01:00. Check that grading is still running.")
}
