main :: IO ()
main = do
  numbers <- map read . tail . words <$> getContents :: IO [Integer]
  let points = pairs numbers
      edges = zip points (tail points ++ [head points])
      perimeter = sum [sqrt (fromIntegral ((a - c) ^ 2 + (b - d) ^ 2)) | ((a, b), (c, d)) <- edges] :: Double
      twice = sum [a * d - b * c | ((a, b), (c, d)) <- edges]
  putStrLn (show perimeter ++ " " ++ show (fromIntegral twice / 2 :: Double))

pairs :: [a] -> [(a, a)]
pairs (a : b : rest) = (a, b) : pairs rest
pairs _ = []
