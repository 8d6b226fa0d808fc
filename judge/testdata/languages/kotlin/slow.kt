@Volatile
var forever = true

fun main() {
    val (a, b) = readLine()!!.split(" ").map { it.toLong() }
    while (forever) {
    }
    println(a + b)
}
