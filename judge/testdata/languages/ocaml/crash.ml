let () =
  Scanf.scanf " %d %d" (fun a b ->
      if a + b = a + b then failwith "on purpose";
      Printf.printf "%d\n" (a + b))
