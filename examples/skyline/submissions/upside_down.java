import java.util.Scanner;

public class Skyline {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int[] heights = new int[in.nextInt()];
        int top = 1;
        for (int i = 0; i < heights.length; i++) {
            heights[i] = in.nextInt();
            top = Math.max(top, heights[i]);
        }
        for (int level = 1; level <= top; level++) {
            StringBuilder row = new StringBuilder();
            for (int height : heights) {
                row.append(height >= level ? "# " : "  ");
            }
            System.out.println(row);
        }
    }
}
