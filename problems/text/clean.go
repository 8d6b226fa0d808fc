package text

import "reflect"

// Clean returns a deep copy of the value in which every string has passed through Line, or through Lines if the field
// has the tag `text:"lines"`. It also neutralises commands for CI systems, so that a Guard finds none and columns stay
// aligned. Renderers begin with it: fields that are added later are clean without further work. Unexported fields are
// shared with the original.
func Clean[T any](value T) T {
	return mapped(value, changes{
		func(s string) string { return neutral(Line(s), commandFinder{}) },
		func(s string) string { return neutral(Lines(s), commandFinder{}) },
	})
}

// changes are what is done to a string of one line, and to one of several.
type changes struct{ line, lines func(string) string }

// mapped copies a value and changes every string in it.
func mapped[T any](value T, change changes) T {
	var made T
	copyTo(reflect.ValueOf(&made).Elem(), reflect.ValueOf(&value).Elem(), change)
	return made
}

func copyTo(to, from reflect.Value, change changes) {
	switch from.Kind() {
	case reflect.String:
		to.SetString(change.line(from.String()))
	case reflect.Struct:
		copyStruct(to, from, change)
	case reflect.Pointer, reflect.Interface:
		if !from.IsNil() {
			inner := reflect.New(from.Elem().Type())
			copyTo(inner.Elem(), from.Elem(), change)
			if from.Kind() == reflect.Interface {
				inner = inner.Elem()
			}
			to.Set(inner)
		}
	case reflect.Slice:
		if !from.IsNil() {
			to.Set(reflect.MakeSlice(from.Type(), from.Len(), from.Len()))
			copyElements(to, from, change)
		}
	case reflect.Array:
		copyElements(to, from, change)
	case reflect.Map:
		copyMap(to, from, change)
	default:
		to.Set(from)
	}
}

func copyStruct(to, from reflect.Value, change changes) {
	to.Set(from) // with what is unexported, and what holds no text
	for i := range from.NumField() {
		field := from.Field(i)
		if !field.CanInterface() || field.Kind() < reflect.Array || field.IsZero() { // numbers are before arrays
			continue
		}
		how := change
		if textOf(field.Type()) && from.Type().Field(i).Tag.Get("text") == "lines" {
			how.line = change.lines
		}
		to.Field(i).SetZero()
		copyTo(to.Field(i), field, how)
	}
}

// textOf reports whether a field of this type holds one text.
func textOf(t reflect.Type) bool {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.Kind() == reflect.String
}

func copyElements(to, from reflect.Value, change changes) {
	for i := range from.Len() {
		copyTo(to.Index(i), from.Index(i), change)
	}
}

func copyMap(to, from reflect.Value, change changes) {
	if from.IsNil() {
		return
	}
	to.Set(reflect.MakeMapWithSize(from.Type(), from.Len()))
	for _, key := range from.MapKeys() {
		k, v := reflect.New(key.Type()).Elem(), reflect.New(from.Type().Elem()).Elem()
		copyTo(k, key, change)
		copyTo(v, from.MapIndex(key), change)
		to.SetMapIndex(k, v)
	}
}
