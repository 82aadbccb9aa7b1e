package io.github.pbxsdk.samples;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.state.FileStateStore;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.pbx.PbxSetting;
import io.github.pbxsdk.samples.runner.Sample;
import io.github.pbxsdk.samples.runner.SampleContext;
import io.github.pbxsdk.samples.runner.UsageException;
import io.github.pbxsdk.sms.SmsClient;
import io.github.pbxsdk.sms.provider.FreePbxBridge;
import io.github.pbxsdk.sms.provider.SmsBroadcast;
import io.github.pbxsdk.sms.provider.SmsProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the samples that send texts share: over whom, from whom, and where it is remembered. */
final class Carriers {

    private Carriers() {}

    /** Adds settings and options. */
    static Sample.Builder options(Sample.Builder sample) {
        return sample.uses(
                        PbxSetting.SMS_BROADCAST_USERNAME,
                        PbxSetting.SMS_BROADCAST_PASSWORD,
                        PbxSetting.SMS_SENDER_ID,
                        PbxSetting.FREEPBX_URL,
                        PbxSetting.FREEPBX_API_KEY,
                        PbxSetting.FREEPBX_API_SECRET,
                        PbxSetting.FREEPBX_DEFAULT_FROM)
                .option("provider", "NAME", "smsbroadcast, or freepbx for a bridge", "smsbroadcast")
                .option("region", "COUNTRY", "how numbers are written", "AU")
                .option("ledger", "FOLDER", "where to remember what was sent")
                .option("server", "URL", "of SMS Broadcast", "https://api.smsbroadcast.com.au");
    }

    static StateStore ledger(SampleContext sample) {
        return sample.findOption("ledger")
                .<StateStore>map(folder -> FileStateStore.builder().folder(Path.of(folder)).open())
                .orElseGet(StateStore::inMemory);
    }

    static SmsClient client(SampleContext sample, StateStore ledger) {
        boolean bridge = sample.option("provider").equals("freepbx");
        SmsClient.Builder builder =
                SmsClient.builder()
                        .provider(bridge ? bridge(sample) : provider(sample))
                        .store(ledger)
                        .region(sample.option("region"));
        Optional<String> sender =
                sample.find(bridge ? PbxSetting.FREEPBX_DEFAULT_FROM : PbxSetting.SMS_SENDER_ID);
        sender.map(Carriers::sender).ifPresent(builder::sender);
        return builder.build();
    }

    private static SmsProvider provider(SampleContext sample) {
        if (!sample.option("provider").equals("smsbroadcast")) {
            throw new UsageException("--provider is smsbroadcast or freepbx");
        }
        return SmsBroadcast.builder()
                .baseUrl(sample.option("server"))
                .credentials(
                        Credentials.of(
                                get(sample, PbxSetting.SMS_BROADCAST_USERNAME),
                                get(sample, PbxSetting.SMS_BROADCAST_PASSWORD)))
                .build();
    }

    private static SmsProvider bridge(SampleContext sample) {
        List<Address> own =
                sample.find(PbxSetting.FREEPBX_DEFAULT_FROM).map(Address::parse).stream().toList();
        return FreePbxBridge.builder()
                .baseUrl(get(sample, PbxSetting.FREEPBX_URL))
                .credentials(
                        Credentials.of(
                                get(sample, PbxSetting.FREEPBX_API_KEY),
                                get(sample, PbxSetting.FREEPBX_API_SECRET)))
                .ownNumbers(own)
                .build();
    }

    private static String get(SampleContext sample, PbxSetting setting) {
        return sample.find(setting).orElseThrow(() -> new UsageException("missing: " + setting));
    }

    /** A sender is a number with its {@code +}, or a name. */
    private static Address sender(String text) {
        return text.startsWith("+") ? Address.phone(text) : Address.senderName(text);
    }
}
