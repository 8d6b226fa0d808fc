main :: IO ()
main = do
  _ <- getLine
  heights <- map read . words <$> getLine :: IO [Int]
  mapM_ (putStrLn . row heights) [top heights, top heights - 1 .. 1]
  where
    top heights = maximum (1 : heights)
    row heights level = unwords [if height >= level then "#" else " " | height <- heights]
