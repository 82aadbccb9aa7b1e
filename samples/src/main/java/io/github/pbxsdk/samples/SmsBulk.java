package io.github.pbxsdk.samples;

import io.github.pbxsdk.core.observe.Progress;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.pbx.Pbx;
import io.github.pbxsdk.samples.runner.Sample;
import io.github.pbxsdk.samples.runner.SampleContext;
import io.github.pbxsdk.samples.runner.UsageException;
import io.github.pbxsdk.sms.BulkReport;
import io.github.pbxsdk.sms.SendOutcome;
import io.github.pbxsdk.sms.SmsClient;
import io.github.pbxsdk.sms.template.MessageTemplate;
import io.github.pbxsdk.sms.template.TemplateRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Sends a text to everybody in a file, and writes down what became of each.
 *
 * <p>The file has a head such as {@code to,name,day}; the text may hold {@code {{name}}}. Started
 * again with the same run and ledger it goes on where it ended. In a program of your own, import
 * the class of the same name.
 */
public final class SmsBulk {

    /** The sample as {@code samples/run} knows it. */
    public static final Sample SAMPLE =
            Carriers.options(
                            Sample.named("sms-bulk", "sends a text to everybody in a file, once")
                                    .required(
                                            "file", "CSV", "with a column to, and one for each gap")
                                    .required("text", "TEXT", "what to send, with gaps as {{name}}")
                                    .required(
                                            "run", "NAME", "of this mailing; a text for each in it")
                                    .option("rate", "N", "messages on the air in a second", "10")
                                    .option("result", "FILE", "a CSV of what became of each"))
                    .running(SmsBulk::run);

    private static final Pattern FIELD = Pattern.compile("(?:^|,)(\"(?:[^\"]|\"\")*\"|[^,]*)");
    private static final int BAR = 30;

    private SmsBulk() {}

    /** Runs the sample. */
    public static void main(String[] args) {
        SAMPLE.start(args);
    }

    private static void run(SampleContext sample) throws IOException {
        try (StateStore ledger = Carriers.ledger(sample);
                Pbx pbx = Carriers.open(sample, ledger)) {
            SmsClient sms = Carriers.client(pbx);
            MessageTemplate template = MessageTemplate.of("bulk", sample.option("text"));
            List<TemplateRow> rows = rows(Path.of(sample.option("file")), sms);
            io.github.pbxsdk.sms.SmsBulk bulk =
                    io.github.pbxsdk.sms.SmsBulk.builder(sms)
                            .segmentsPerSecond(Double.parseDouble(sample.option("rate")))
                            .progress(progress -> sample.progress(bar(progress)))
                            .build();
            show(sample, bulk.send(sample.option("run"), template.messages(rows)));
        }
    }

    private static List<TemplateRow> rows(Path file, SmsClient sms) throws IOException {
        List<String> lines = Files.readAllLines(file).stream().filter(l -> !l.isBlank()).toList();
        List<String> head = lines.isEmpty() ? List.of() : fields(lines.get(0));
        if (!head.contains("to")) {
            throw new UsageException(file + " begins with a head that has a column to");
        }
        List<TemplateRow> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            Map<String, String> values = new HashMap<>();
            List<String> fields = fields(line);
            for (int i = 0; i < Math.min(head.size(), fields.size()); i++) {
                values.put(head.get(i), fields.get(i));
            }
            rows.add(new TemplateRow(sms.address(values.getOrDefault("to", "")), values));
        }
        return rows;
    }

    private static List<String> fields(String line) {
        return FIELD.matcher(line).results().map(SmsBulk::field).toList();
    }

    private static String field(MatchResult found) {
        String text = found.group(1).strip();
        return text.startsWith("\"")
                ? text.substring(1, text.length() - 1).replace("\"\"", "\"")
                : text;
    }

    private static String bar(Progress progress) {
        int done = (int) (progress.fraction().orElse(0) * BAR);
        return "[" + "#".repeat(done) + " ".repeat(BAR - done) + "] " + progress;
    }

    private static void show(SampleContext sample, BulkReport report) throws IOException {
        List<String> lines = new ArrayList<>(List.of(ResultLine.csvHeader()));
        for (SendOutcome outcome : report.outcomes()) {
            ResultLine result = ResultLine.of(outcome);
            sample.print(result.json(), result.words());
            lines.add(result.csv());
        }
        if (sample.findOption("result").isPresent()) {
            Files.write(Path.of(sample.option("result")), lines);
        }
        sample.say(
                report + ", " + report.retryable().size() + " can be sent by the same run again");
    }
}
