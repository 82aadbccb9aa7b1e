package io.github.pbxsdk.pbx;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.AmiFields;
import io.github.pbxsdk.ami.AmiRejectedException;
import io.github.pbxsdk.ami.action.ConfigChange;
import io.github.pbxsdk.ami.action.CreateConfigAction;
import io.github.pbxsdk.ami.action.GetConfigAction;
import io.github.pbxsdk.ami.action.UpdateConfigAction;
import io.github.pbxsdk.freepbx.CustomDialplan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The file of one's own in the dialplan of a FreePBX, read and written over AMI. */
final class AmiDialplan implements CustomDialplan {

    private static final String FILE = "extensions_custom.conf";

    /** What reads the file; its reload leaves calls alone. */
    private static final String MODULE = "pbx_config";

    /** The server takes 128 lines in an action, and a change has four of them. */
    private static final int CHANGES_AT_ONCE = 25;

    private static final Pattern CONTEXT = Pattern.compile("Category-(\\d+)");
    private static final Pattern LINE = Pattern.compile("Line-(\\d+)-\\d+");

    private final Supplier<AmiClient> ami;

    /** The server reads and writes the file without one: of two changes, one could be lost. */
    private final ReentrantLock lock = new ReentrantLock();

    AmiDialplan(Supplier<AmiClient> ami) {
        this.ami = ami;
    }

    @Override
    public String road() {
        return "ami";
    }

    @Override
    public Map<String, List<String>> contexts() {
        return read().orElse(Map.of());
    }

    /** Returns what is in the file, if there is one: FreePBX always has it. */
    private Optional<Map<String, List<String>>> read() {
        try {
            return Optional.of(contexts(ami.get().send(GetConfigAction.of(FILE)).fields()));
        } catch (AmiRejectedException e) {
            if (e.kind() == AmiRejectedException.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Map<String, List<String>> contexts(AmiFields fields) {
        Map<String, String> names = new HashMap<>();
        Map<String, List<String>> contexts = new LinkedHashMap<>();
        for (AmiFields.Field field : fields) {
            Matcher context = CONTEXT.matcher(field.name());
            if (context.matches()) {
                names.put(context.group(1), field.value());
                contexts.computeIfAbsent(field.value(), name -> new ArrayList<>());
            }
            Matcher line = LINE.matcher(field.name());
            if (line.matches()) {
                // The server tells "exten=s,1,Answer()", however it is written in the file.
                contexts.computeIfAbsent(
                                names.getOrDefault(line.group(1), ""), name -> new ArrayList<>())
                        .add(field.value().replaceFirst("=", " => "));
            }
        }
        return contexts;
    }

    @Override
    public boolean create(String context, List<String> lines) {
        lock.lock();
        try {
            if (contextsOfFile().containsKey(context)) {
                return false;
            }
            List<ConfigChange> changes = changes(ConfigChange.newCategory(context), context, lines);
            try {
                update(changes, 0);
            } catch (AmiRejectedException e) {
                // The server makes no context twice; somebody else was there in between.
                if (contexts().containsKey(context)) {
                    return false;
                }
                throw e;
            }
            updateFrom(CHANGES_AT_ONCE, changes);
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void replace(String context, List<String> lines) {
        lock.lock();
        try {
            ConfigChange first =
                    contextsOfFile().containsKey(context)
                            ? ConfigChange.emptyCategory(context)
                            : ConfigChange.newCategory(context);
            updateFrom(0, changes(first, context, lines));
        } finally {
            lock.unlock();
        }
    }

    /** Returns what is in the file, and makes it if there is none. */
    private Map<String, List<String>> contextsOfFile() {
        Optional<Map<String, List<String>>> file = read();
        if (file.isEmpty()) {
            ami.get().send(CreateConfigAction.of(FILE));
        }
        return file.orElse(Map.of());
    }

    private static List<ConfigChange> changes(
            ConfigChange first, String context, List<String> lines) {
        List<ConfigChange> changes = new ArrayList<>(List.of(first));
        lines.forEach(line -> changes.add(append(context, line)));
        return changes;
    }

    private static ConfigChange append(String context, String line) {
        String[] parts = line.split("\\s*=>\\s*", 2);
        // The bracket has the server write "=>".
        return ConfigChange.append(context, parts[0], ">" + parts[1]);
    }

    @Override
    public void remove(String context) {
        lock.lock();
        try {
            if (contexts().containsKey(context)) {
                updateFrom(0, List.of(ConfigChange.deleteCategory(context)));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Calls see the new lines when all of them are written. */
    private void updateFrom(int first, List<ConfigChange> changes) {
        for (int from = first; from < changes.size(); from += CHANGES_AT_ONCE) {
            update(changes, from);
        }
    }

    /** Makes some of the changes; of those in one action the server makes all or none. */
    private void update(List<ConfigChange> changes, int from) {
        int to = Math.min(from + CHANGES_AT_ONCE, changes.size());
        UpdateConfigAction.Builder action =
                UpdateConfigAction.builder()
                        .sourceFileName(FILE)
                        .destinationFileName(FILE)
                        .changes(changes.subList(from, to));
        if (to == changes.size()) {
            action.reload(MODULE);
        }
        ami.get().send(action.build());
    }
}
