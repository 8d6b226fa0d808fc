package arithmetic;

class Sum {
    static long of(long a, long b) {
        return a + b;
    }
}
