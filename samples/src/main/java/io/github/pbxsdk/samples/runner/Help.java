package io.github.pbxsdk.samples.runner;

import io.github.pbxsdk.pbx.PbxSetting;
import java.util.LinkedHashMap;
import java.util.Map;

/** The text of {@code --help}. */
final class Help {

    private static final String EXIT_CODES =
            """

            exit codes
              0 done · 1 the peer said no · 2 wrong or missing argument or setting
              3 not reachable or no answer in time · 70 fault in the program · 130 interrupted
            """;

    private Help() {}

    static String of(Sample sample) {
        StringBuilder text = new StringBuilder();
        text.append(sample.name()).append(": ").append(sample.oneLine()).append("\n\n");
        text.append("usage: samples/run ").append(sample.name()).append(" [options]");
        if (sample.words() != null) {
            text.append(' ').append(sample.words());
        }
        text.append("\n\noptions\n").append(table(options(sample)));
        if (!sample.settings().isEmpty()) {
            text.append("\nsettings, as arguments or in the environment\n");
            text.append(table(settings(sample)));
            text.append("  (NAME_FILE or --name-file reads one from a file)\n");
        }
        return text.append(EXIT_CODES).toString();
    }

    private static Map<String, String> options(Sample sample) {
        Map<String, String> lines = new LinkedHashMap<>();
        sample.options().forEach(option -> lines.put(option.usage(), option.description()));
        return lines;
    }

    private static Map<String, String> settings(Sample sample) {
        Map<String, String> lines = new LinkedHashMap<>();
        for (PbxSetting setting : sample.settings()) {
            String need = sample.isNeeded(setting) ? " (required)" : "";
            lines.put(
                    "--" + Settings.argument(setting) + " " + setting.placeholder(),
                    setting.meaning() + need + " [" + setting.name() + "]");
        }
        return lines;
    }

    /** Returns two columns. */
    static String table(Map<String, String> lines) {
        int width = lines.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text = new StringBuilder();
        lines.forEach(
                (left, right) ->
                        text.append("  ")
                                .append(left)
                                .append(" ".repeat(width - left.length() + 2))
                                .append(right)
                                .append('\n'));
        return text.toString();
    }
}
