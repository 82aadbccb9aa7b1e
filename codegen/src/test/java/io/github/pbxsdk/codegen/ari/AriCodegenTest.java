package io.github.pbxsdk.codegen.ari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AriCodegenTest {

    private static final String CHANNEL =
            """
            {"name":"Channel","about":"A channel.","fields":[
              {"name":"id","type":"string","required":true},
              {"name":"state","type":"string","required":true,"enum":"ChannelState"},
              {"name":"novelty","type":"string","required":true,"since":{"16":null,"22":"22.3.0"}}]}\
            """;

    private static final String STATE =
            """
            {"name":"ChannelState","package":"model","about":"How far.",
             "constants":[{"name":"UP","wire":"Up"}]}\
            """;

    @TempDir Path folder;

    private void generate(String operations, String models, String events) throws IOException {
        Path data = folder.resolve("data.json");
        Files.writeString(
                data,
                """
                {"operations":[%s],"models":[%s],"events":[%s],"enums":[%s]}\
                """
                        .formatted(operations, models, events, STATE));
        AriCodegen.main(new String[] {data.toString(), folder.toString()});
    }

    private String source(String name) throws IOException {
        return Files.readString(folder.resolve("io/github/pbxsdk/ari").resolve(name + ".java"));
    }

    @Test
    void aNewModelIsAChangeOfData() throws IOException {
        generate("", CHANNEL, "");

        assertThat(source("model/Channel"))
                .contains("public static Channel fromJson(String json)")
                .contains("public String id()")
                .contains("public ChannelState state()")
                .contains("public String stateText()")
                .contains("public Optional<String> novelty()")
                .contains("Since Asterisk 22.3.0.");
        assertThat(source("model/ChannelState")).contains("case \"Up\" -> UP;").contains("OTHER");
    }

    @Test
    void aNewEventIsAChangeOfData() throws IOException {
        generate(
                "",
                CHANNEL,
                """
                {"name":"BrandNew","about":"Something.","fields":[
                  {"name":"channel","type":"Channel","required":true},
                  {"name":"count","type":"int"}]}\
                """);

        assertThat(source("event/BrandNewEvent"))
                .contains("final class BrandNewEvent implements ChannelEvent")
                .contains("public Channel channel()")
                .contains("public OptionalLong count()")
                .contains("raw.objectsAt(\"channel\")");
        assertThat(source("event/EventLookup"))
                .contains("case \"BrandNew\" -> BrandNewEvent.class;")
                .contains("case \"BrandNew\" -> BrandNewEvent.of(raw);");
    }

    @Test
    void aNewOperationIsAChangeOfData() throws IOException {
        generate(
                """
                {"resource":"channels","name":"spin","method":"POST","access":"CHANGE",
                 "path":"/channels/{channelId}/spin","about":"Spins it.","result":"Channel",
                 "errors":[404],"since":{"16":null,"22":"22.3.0","23":"23.0.0"},"params":[
                  {"name":"channelId","in":"path","type":"string","required":true,"about":"the id"},
                  {"name":"speed","in":"query","type":"int","about":"how fast",
                   "since":{"16":null,"22":"22.9.0"}}]}\
                """,
                CHANNEL,
                "");

        assertThat(source("Channels"))
                .contains("public Channel spin(String channelId, @Nullable Integer speed)")
                .contains("public Channel spin(String channelId)")
                .contains("public CompletableFuture<Channel> spinAsync(String channelId)")
                .contains("calls.begin(\"channels.spin\", Operation.Access.CHANGE, \"POST\")")
                .contains("call.since(\"22.3.0 23.0.0\")")
                .contains("call.name(\"channelId\", channelId)")
                .contains("call.member(\"speed\", speed, \"22.9.0\")")
                .contains("documented are 404");
    }

    @Test
    void anOperationWithManyParametersTakesARequest() throws IOException {
        generate(
                """
                {"resource":"channels","name":"spin","method":"POST","access":"CHANGE",
                 "path":"/channels","about":"Spins it.","result":"void","request":"SpinRequest",
                 "errors":[],"params":[
                  {"name":"media","in":"query","type":"string","multiple":true,"required":true,
                   "about":"what"},
                  {"name":"skipms","java":"skip","in":"query","type":"int","unit":"ms",
                   "default":3000,"about":"how far"},
                  {"name":"variables","in":"body","type":"containers","about":"variables"}]}\
                """,
                CHANNEL,
                "");

        assertThat(source("request/SpinRequest"))
                .contains("public static SpinRequest of(String... media)")
                .contains("public Builder skip(Duration value)")
                .contains("{@code 3000 ms} by default")
                .contains("public Builder putVariable(String name, String value)")
                .contains("public Optional<Duration> skip()");
        assertThat(source("Channels"))
                .contains("public void spin(SpinRequest request)")
                .contains("call.member(\"skipms\", AriCall.millis(request.skip().orElse(null)))");
    }

    @Test
    void whatTheFileDoesNotExplainIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                generate(
                                        "",
                                        CHANNEL.replace("\"required\":true},", "\"x\":1},")
                                                .replace("\"type\":\"string\"", "\"type\":\"odd\""),
                                        ""))
                .withMessageContaining("odd");
    }
}
