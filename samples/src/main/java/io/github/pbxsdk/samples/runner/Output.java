package io.github.pbxsdk.samples.runner;

import java.io.PrintStream;

/** What a sample prints: sentences for people or, with {@code --json}, lines for programs. */
final class Output {

    private static final String CLEAR_LINE = "\r\u001B[K";

    private final PrintStream output;
    private final PrintStream errors;
    private final boolean json;
    private final boolean terminal;
    private boolean progressShown;

    Output(Surroundings surroundings, boolean json) {
        this.output = surroundings.output();
        this.errors = surroundings.errors();
        this.json = json;
        this.terminal = surroundings.terminal();
    }

    /** Prints the line for programs or the words for people. */
    synchronized void print(JsonLine line, String words) {
        write(json ? line.toString() : harmless(words));
    }

    /** Prints words for people; nothing with {@code --json}. */
    synchronized void say(String words) {
        if (!json) {
            write(harmless(words));
        }
    }

    /** Says where the sample runs, to people and in the log of programs, not among the lines. */
    synchronized void note(String words) {
        if (json) {
            errors.println(words);
        } else {
            write(words);
        }
    }

    /** Shows how far the work is, in one line that the next one replaces; on terminals only. */
    synchronized void progress(String words) {
        if (terminal && !json) {
            errors.print(CLEAR_LINE + harmless(words));
            errors.flush();
            progressShown = true;
        }
    }

    /** Prints a failure. */
    synchronized void complain(String words) {
        clearProgress();
        errors.println(harmless(words));
    }

    private void write(String line) {
        clearProgress();
        output.println(line);
        if (output.checkError()) {
            throw new OutputClosedException();
        }
    }

    private void clearProgress() {
        if (progressShown) {
            errors.print(CLEAR_LINE);
            errors.flush();
            progressShown = false;
        }
    }

    /** Texts come from strangers: they must not steer the terminal they are shown on. */
    private static String harmless(String words) {
        StringBuilder shown = new StringBuilder(words.length());
        words.codePoints()
                .map(point -> isHarmless(point) ? point : '\uFFFD')
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }

    private static boolean isHarmless(int point) {
        return point == '\n' || point == '\t' || !Character.isISOControl(point);
    }
}
