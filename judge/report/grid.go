package report

import (
	"bytes"
	"fmt"
	"io"

	"github.com/olekukonko/tablewriter" // aligns cells that hold colours and wide characters
	"github.com/olekukonko/tablewriter/pkg/twwidth"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"
)

// Grid is a table without a frame: a rule below the header, and one above the footer if there is one. Cells may hold
// colours, and line ends where a cell has several lines.
type Grid struct {
	Align  string // a letter a column: l or r
	Header []string
	Rows   [][]string
	Footer []string
}

// Write draws the grid. No line ends in white space.
func (g Grid) Write(w io.Writer) error {
	var b bytes.Buffer
	table := g.table(&b)
	table.Header(g.Header)
	if err := table.Bulk(g.Rows); err != nil {
		return fmt.Errorf("draw the table: %w", err)
	}
	if g.Footer != nil {
		table.Footer(g.Footer)
	}
	if err := table.Render(); err != nil {
		return fmt.Errorf("draw the table: %w", err)
	}
	for line := range bytes.Lines(b.Bytes()) {
		if _, err := fmt.Fprintf(w, "%s\n", bytes.TrimRight(line, " \n")); err != nil {
			return fmt.Errorf("write the table: %w", err)
		}
	}
	return nil
}

func (g Grid) table(w io.Writer) *tablewriter.Table {
	var align tw.Alignment
	for _, letter := range g.Align {
		if letter == 'r' {
			align = append(align, tw.AlignRight)
		} else {
			align = append(align, tw.AlignLeft)
		}
	}
	footerLine := tw.On
	if len(g.Rows) == 0 {
		footerLine = tw.Off // the header's rule is there
	}
	cells := tw.CellConfig{
		Alignment:  tw.CellAlignment{PerColumn: align},
		Formatting: tw.CellFormatting{AutoWrap: tw.WrapNone, AutoFormat: tw.Off},
		Padding:    tw.CellPadding{Global: tw.Padding{Left: " ", Right: " "}},
	}
	return tablewriter.NewTable(w,
		tablewriter.WithRenderer(renderer.NewBlueprint(tw.Rendition{
			Borders: tw.BorderNone,
			Symbols: tw.NewSymbols(tw.StyleLight),
			Settings: tw.Settings{
				Separators: tw.Separators{BetweenColumns: tw.Off, BetweenRows: tw.Off},
				Lines:      tw.Lines{ShowHeaderLine: tw.On, ShowFooterLine: footerLine},
			},
		})),
		tablewriter.WithConfig(tablewriter.Config{Header: cells, Row: cells, Footer: cells}),
		tablewriter.WithTrimSpace(tw.Off),
	)
}

// width is how many columns of a terminal the grid takes.
func (g Grid) width() int {
	widest := make([]int, len(g.Align))
	for _, row := range append([][]string{g.Header, g.Footer}, g.Rows...) {
		for i, cell := range row {
			for line := range bytes.Lines([]byte(cell)) {
				widest[i] = max(widest[i], twwidth.Width(string(bytes.TrimSuffix(line, []byte("\n")))))
			}
		}
	}
	all := 0
	for _, w := range widest {
		all += w + 2 // a space on either side
	}
	return all
}
