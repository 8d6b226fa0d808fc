main :: IO ()
main = do
  [a, b] <- map read . words <$> getLine :: IO [Integer]
  print (length (takeWhile (/= a + b + 1) (cycle [a + b])))
