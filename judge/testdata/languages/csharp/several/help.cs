static class Help { public static long Add(long a, long b) { return a + b; } }
