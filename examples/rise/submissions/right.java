class rise {
    int longest(int[] a) {
        int best = 1, now = 1;
        for (int i = 1; i < a.length; i++) {
            now = a[i] > a[i - 1] ? now + 1 : 1;
            best = Math.max(best, now);
        }
        return best;
    }
}
