import java.io.*;

class Grader {
    public static void main(String[] args) throws IOException {
        StreamTokenizer in = new StreamTokenizer(new BufferedInputStream(System.in));
        in.nextToken();
        int[] a = new int[(int) in.nval];
        for (int i = 0; i < a.length; i++) {
            in.nextToken();
            a[i] = (int) in.nval;
        }
        System.out.println(new rise().longest(a));
    }
}
