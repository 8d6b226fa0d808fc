package page

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// needBrowser in the environment makes a missing browser a failure; the gate sets it.
const needBrowser = "JUDGE_NEED_BROWSER"

// browser is a headless Chromium with one tab, which is operated through its debugging protocol.
type browser struct {
	t       *testing.T
	to      *os.File
	from    *bufio.Reader
	session string
	number  int
}

// startBrowser starts Chromium; nil: it is not installed, and need not be.
func startBrowser(t *testing.T) *browser {
	t.Helper()
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv(needBrowser) != "" {
			t.Fatalf("%s is set, but chromium is not installed", needBrowser)
		}
		return nil
	}
	command := exec.Command(chromium, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic",
		"--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
		"--remote-debugging-pipe", "--user-data-dir="+filepath.Join(t.TempDir(), "profile"), "about:blank")
	theirIn, to := pipe(t)
	from, theirOut := pipe(t)
	command.ExtraFiles = []*os.File{theirIn, theirOut} // 3 and 4
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	theirIn.Close()
	theirOut.Close()
	b := &browser{t: t, to: to, from: bufio.NewReader(from)}
	watchdog := time.AfterFunc(5*time.Minute, func() { command.Process.Kill() }) // a browser that hangs fails the test
	t.Cleanup(func() {
		b.send("Browser.close", nil)
		command.Wait()
		watchdog.Stop()
		to.Close()
		from.Close()
	})
	target := b.call("Target.createTarget", map[string]any{"url": "about:blank"})["targetId"]
	attached := b.call("Target.attachToTarget", map[string]any{"targetId": target, "flatten": true})
	b.session = attached["sessionId"].(string)
	b.call("Page.enable", nil)
	return b
}

func pipe(t *testing.T) (r, w *os.File) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	return r, w
}

func (b *browser) send(method string, params map[string]any) {
	b.number++
	message := map[string]any{"id": b.number, "method": method}
	if params != nil {
		message["params"] = params
	}
	if b.session != "" && !strings.HasPrefix(method, "Browser.") {
		message["sessionId"] = b.session
	}
	encoded, err := json.Marshal(message)
	if err != nil {
		b.t.Fatal(err)
	}
	b.to.Write(append(encoded, 0))
}

// message is an answer or an event of the browser.
type message struct {
	ID     int
	Method string
	Result map[string]any
	Error  *struct{ Message string }
}

func (b *browser) receive() message {
	b.t.Helper()
	encoded, err := b.from.ReadBytes(0)
	if err != nil {
		b.t.Fatalf("the browser has ended: %v", err)
	}
	var m message
	if err := json.Unmarshal(encoded[:len(encoded)-1], &m); err != nil {
		b.t.Fatal(err)
	}
	return m
}

// call calls a method and returns its result.
func (b *browser) call(method string, params map[string]any) map[string]any {
	b.t.Helper()
	b.send(method, params)
	for {
		m := b.receive()
		if m.ID != b.number {
			continue
		}
		if m.Error != nil {
			b.t.Fatalf("%s: %s", method, m.Error.Message)
		}
		return m.Result
	}
}

// until waits for an event.
func (b *browser) until(event string) {
	b.t.Helper()
	for b.receive().Method != event {
	}
}

// open shows a file and waits until it is loaded.
func (b *browser) open(path string) {
	b.t.Helper()
	b.send("Page.navigate", map[string]any{"url": "file://" + path})
	b.until("Page.loadEventFired")
}

// show writes a page to a file and shows it.
func (b *browser) show(page string) (path string) {
	b.t.Helper()
	path = filepath.Join(b.t.TempDir(), "page.html")
	if err := os.WriteFile(path, []byte(page), 0o644); err != nil {
		b.t.Fatal(err)
	}
	b.open(path)
	return path
}

// eval returns the value of an expression in the page.
func (b *browser) eval(expression string) any {
	b.t.Helper()
	result := b.call("Runtime.evaluate", map[string]any{
		"expression": expression, "returnByValue": true, "awaitPromise": true,
	})
	if details, failed := result["exceptionDetails"]; failed {
		b.t.Fatalf("%s: %v", expression, details)
	}
	return result["result"].(map[string]any)["value"]
}

// text is eval for a text.
func (b *browser) text(expression string) string { b.t.Helper(); return fmt.Sprint(b.eval(expression)) }

// wants compares the value of an expression.
func (b *browser) wants(expression, want string) {
	b.t.Helper()
	if got := b.text(expression); got != want {
		b.t.Errorf("%s is %q, expected %q", expression, got, want)
	}
}

// press presses keys by their names: Tab, Enter, ArrowRight, or one character. "Shift+" holds the shift key.
func (b *browser) press(keys ...string) {
	b.t.Helper()
	codes := map[string]int{
		"Tab": 9, "Enter": 13, " ": 32, "End": 35, "Home": 36, "ArrowLeft": 37, "ArrowUp": 38,
		"ArrowRight": 39, "ArrowDown": 40,
	}
	for _, key := range keys {
		modifiers := 0
		if rest, shifted := strings.CutPrefix(key, "Shift+"); shifted {
			key, modifiers = rest, 8
		}
		event := map[string]any{"type": "keyDown", "key": key, "code": key, "modifiers": modifiers}
		switch code, named := codes[key]; {
		case named:
			event["windowsVirtualKeyCode"] = code
			if key == "Enter" {
				event["text"] = "\r"
			} else if key == " " {
				event["text"], event["code"] = " ", "Space"
			}
		default:
			event["text"] = key
		}
		b.call("Input.dispatchKeyEvent", event)
		event["type"] = "keyUp"
		delete(event, "text")
		b.call("Input.dispatchKeyEvent", event)
	}
}

// tabTo presses Tab until the element with an id has the focus.
func (b *browser) tabTo(id string) {
	b.t.Helper()
	for range 200 {
		if b.text("document.activeElement.id") == id {
			return
		}
		b.press("Tab")
	}
	b.t.Fatalf("the Tab key does not reach #%s", id)
}

// resize gives the window a width.
func (b *browser) resize(width int, scheme string) {
	b.t.Helper()
	b.call("Emulation.setDeviceMetricsOverride", map[string]any{
		"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500,
	})
	b.call("Emulation.setEmulatedMedia", map[string]any{
		"features": []any{map[string]any{"name": "prefers-color-scheme", "value": scheme}},
	})
}

// tree returns the accessibility tree as lines "role name", without what is not exposed.
func (b *browser) tree() []string {
	b.t.Helper()
	b.call("Accessibility.enable", nil)
	nodes, _ := b.call("Accessibility.getFullAXTree", nil)["nodes"].([]any)
	var lines []string
	value := func(of any) string {
		if of, ok := of.(map[string]any); ok {
			return fmt.Sprint(of["value"])
		}
		return ""
	}
	for _, n := range nodes {
		node := n.(map[string]any)
		if ignored, _ := node["ignored"].(bool); ignored {
			continue
		}
		lines = append(lines, strings.TrimSpace(value(node["role"])+" "+value(node["name"])))
	}
	return lines
}
