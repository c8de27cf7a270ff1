package io.github.atleastonce.junit;

import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.Charset;

/** The one place that prints: lines that a build or an IDE shows without any setting. */
final class Console {

    private static final String MARK = "[AtLeastOnce] ";

    private Console() {}

    /** Prints a line at once, in what letters the stream has. */
    static void line(String text) {
        PrintStream out = System.out;
        out.println(MARK + inLettersOf(charset(), text));
        out.flush();
    }

    /** Prints a line that a pipeline reads, which begins with what it looks for. */
    static void forPipeline(String text) {
        PrintStream out = System.out;
        out.println(text);
        out.flush();
    }

    /** Says whether somebody looks on. From JDK 22 on there is a console also where nobody does. */
    static boolean isTerminal() {
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException before22) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException unknown) {
            return false;
        }
    }

    static String inLettersOf(Charset charset, String text) {
        return charset.newEncoder().canEncode(text)
                ? text
                : text.replace("≤", "<=").replace("…", "...").replace("→", "->");
    }

    private static Charset charset() {
        String name = System.getProperty("stdout.encoding", "");
        return Charset.isSupported(name.isEmpty() ? "UTF-8" : name) && !name.isEmpty()
                ? Charset.forName(name)
                : Charset.defaultCharset();
    }
}
