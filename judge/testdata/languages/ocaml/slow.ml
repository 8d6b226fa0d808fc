let () =
  Scanf.scanf " %d %d" (fun a b ->
      while Sys.opaque_identity true do () done;
      Printf.printf "%d\n" (a + b))
