package io.github.pbxsdk.samples;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.OriginateResult;
import io.github.pbxsdk.ami.action.OriginateAction;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.pbx.PbxSetting;
import io.github.pbxsdk.samples.runner.JsonLine;
import io.github.pbxsdk.samples.runner.Sample;
import io.github.pbxsdk.samples.runner.SampleContext;

/** Calls somebody, then connects him with an extension, and says what came of the first call. */
public final class AmiOriginate {

    /** The sample as {@code samples/run} knows it. */
    public static final Sample SAMPLE =
            Sample.named("ami-originate", "calls somebody and says whether he answered")
                    .needs(PbxSetting.AMI_HOST, PbxSetting.AMI_USER, PbxSetting.AMI_SECRET)
                    .uses(PbxSetting.AMI_PORT)
                    .required("channel", "CHANNEL", "whom to call, such as PJSIP/1001")
                    .option("exten", "EXTENSION", "whom to connect him with", "600")
                    .option("context", "CONTEXT", "where that extension is", "from-internal")
                    .option("ring", "TIME", "how long to let it ring", "20s")
                    .running(AmiOriginate::run);

    private AmiOriginate() {}

    /** Runs the sample. */
    public static void main(String[] args) {
        SAMPLE.start(args);
    }

    private static void run(SampleContext sample) {
        OriginateAction call =
                OriginateAction.to(sample.option("channel"))
                        .context(sample.option("context"))
                        .extension(sample.option("exten"))
                        .priority("1")
                        .timeout(sample.duration("ring"))
                        .build();

        try (AmiClient ami = client(sample)) {
            ami.connect();
            sample.say("calling " + sample.option("channel"));
            show(sample, ami.originate(call));
        }
    }

    private static AmiClient client(SampleContext sample) {
        AmiClient.Builder builder =
                AmiClient.builder()
                        .host(sample.get(PbxSetting.AMI_HOST))
                        .credentials(
                                Credentials.of(
                                        sample.get(PbxSetting.AMI_USER),
                                        sample.get(PbxSetting.AMI_SECRET)));
        sample.find(PbxSetting.AMI_PORT).map(Integer::valueOf).ifPresent(builder::port);
        return builder.build();
    }

    /** A call that was not answered is a "no" of the peer, and so is the exit code. */
    private static void show(SampleContext sample, OriginateResult result) {
        sample.print(
                JsonLine.of("outcome", result.outcome())
                        .and("uniqueid", result.channelId())
                        .and("reason", result.reason()),
                result.outcome() + ": " + result.reason());
        if (!result.isAnswered()) {
            throw new PbxException("not answered: " + result.reason(), null, false);
        }
    }
}
