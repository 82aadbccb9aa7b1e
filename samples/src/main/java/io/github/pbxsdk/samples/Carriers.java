package io.github.pbxsdk.samples;

import io.github.pbxsdk.core.state.FileStateStore;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.pbx.Pbx;
import io.github.pbxsdk.pbx.PbxSetting;
import io.github.pbxsdk.samples.runner.Sample;
import io.github.pbxsdk.samples.runner.SampleContext;
import io.github.pbxsdk.samples.runner.UsageException;
import io.github.pbxsdk.sms.SmsClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What the samples that send texts share: over whom, from whom, and where it is remembered. */
final class Carriers {

    private Carriers() {}

    /** Adds settings and options. */
    static Sample.Builder options(Sample.Builder sample) {
        return sample.uses(PbxSetting.values())
                .option("provider", "NAME", "who sends, as in SMS_PROVIDER")
                .option("region", "COUNTRY", "how numbers are written; AU by default")
                .option("ledger", "FOLDER", "where to remember what was sent")
                .option("server", "URL", "another one in place of that of SMS Broadcast")
                .onFakePbx(pbx -> {});
    }

    static StateStore ledger(SampleContext sample) {
        return sample.findOption("ledger")
                .<StateStore>map(folder -> FileStateStore.builder().folder(Path.of(folder)).open())
                .orElseGet(StateStore::inMemory);
    }

    /** Returns a PBX whose texts go over the provider that is asked for, or the one set up. */
    static Pbx open(SampleContext sample, StateStore ledger) {
        Map<String, String> settings = sample.settings();
        settings.putIfAbsent(PbxSetting.SMS_REGION.name(), "AU");
        give(settings, PbxSetting.SMS_REGION, sample.findOption("region"));
        give(settings, PbxSetting.SMS_PROVIDER, provider(sample, settings));
        give(settings, PbxSetting.SMS_BROADCAST_URL, server(sample));
        return Pbx.builder().settings(settings).sms(sms -> sms.store(ledger)).build();
    }

    private static void give(
            Map<String, String> settings, PbxSetting setting, Optional<String> value) {
        value.ifPresent(text -> settings.put(setting.name(), text));
    }

    /** An empty one counts as not given, and the text would go to the real carrier. */
    private static Optional<String> server(SampleContext sample) {
        Optional<String> server = sample.findOption("server");
        if (server.filter(String::isBlank).isPresent()) {
            throw new UsageException("--server is empty");
        }
        return server;
    }

    /** A bridge in front of a FreePBX has a key, the SMS module of one has none. */
    private static Optional<String> provider(SampleContext sample, Map<String, String> settings) {
        boolean bridge = settings.containsKey(PbxSetting.FREEPBX_API_KEY.name());
        return sample.findOption("provider")
                .map(name -> bridge && name.equals("freepbx") ? "freepbx-bridge" : name);
    }

    /** Returns its client; a setting that is missing or wrong shows now. */
    static SmsClient client(Pbx pbx) {
        try {
            return pbx.sms();
        } catch (IllegalStateException e) {
            throw new UsageException(e.getMessage() + " (--provider NAME says who sends)", e);
        }
    }
}
