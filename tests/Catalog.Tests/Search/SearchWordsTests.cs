namespace Discovery.Catalog.Tests.Search;

public sealed class SearchWordsTests : SearchFixture
{
    [Theory]
    [InlineData("shop.order_items", "order")]
    [InlineData("shop.order_items", "items")]
    [InlineData("shop.order_items", "order_items")]
    [InlineData("shop.order_items", "shop.order_items")]
    [InlineData("shop.order_items", "order items")]
    [InlineData("shop.order_items", "items shop")]
    [InlineData("shop.order_items", "ORDER-ITEMS")]
    [InlineData("shop.order_items", "order_it")]
    [InlineData("shop.order_items", "ite")]
    [InlineData("shop.order_items", "order & items")]
    [InlineData("shop.OrderItems", "order")]
    [InlineData("shop.OrderItems", "orderitems")]
    [InlineData("shop.OrderItems", "orderItems")]
    [InlineData("shop.OrderItems", "shop.orderit")]
    [InlineData("shop.XMLParser", "parser")]
    [InlineData("shop.users2024", "users")]
    [InlineData("shop.users2024", "2024")]
    [InlineData("shop.users2024", "users2024")]
    [InlineData("db.a1b2c3d4e5", "a1b2c3")]
    [InlineData("db.Größe", "grosse")]
    [InlineData("db.café", "CAFE")]
    [InlineData("db.cafe\u0301", "café")]
    [InlineData("db.고객주문", "고객")]
    [InlineData("db.고객주문", "객주")]
    [InlineData("db.고객주문", "주문")]
    [InlineData("db.고객주문", "고객주문")]
    [InlineData("db.고객주문", "객")]
    [InlineData("db.고객주문", "문")]
    [InlineData("db.고객_주문", "주문")]
    [InlineData("db.顧客注文", "客注")]
    [InlineData("db.客户订单表", "订单")]
    [InlineData("db.ユーザーテーブル", "テーブル")]
    [InlineData("db.ﾕｰｻﾞｰ", "ユーザー")]
    [InlineData("db.ｏｒｄｅｒｓ", "orders")]
    [InlineData("db.\u1100\u1169\u1100\u1162\u11A8", "고객")]
    [InlineData("db.הזמנות", "הזמנות")]
    [InlineData("db.طَلَبات", "طلبات")]
    [InlineData("db.заказы", "ЗАК")]
    [InlineData("db.launch🚀plan", "🚀")]
    [InlineData("db.launch🚀plan", "plan")]
    [InlineData("db.𠀀𠀁𠀂", "𠀁𠀂")]
    public void A_table_is_found_by(string name, string query)
    {
        var urn = Dataset(name);
        Dataset("other.thing");
        Assert.Equal([urn], Find(query));
    }

    [Theory]
    [InlineData("shop.order_items", "rder")]
    [InlineData("shop.order_items", "orders")]
    [InlineData("shop.order_items", "items_order")]
    [InlineData("shop.order_items", "ord items")]
    [InlineData("shop.order_items", "order missing")]
    [InlineData("db.고객주문", "고주")]
    [InlineData("db.고객주문", "주문고객")]
    [InlineData("db.顧客注文", "注客")]
    public void A_table_is_not_found_by(string name, string query)
    {
        Dataset(name);
        Assert.Empty(Find(query));
    }

    [Fact]
    public void Words_may_stand_in_different_fields()
    {
        var urn = Dataset("shop.t", aspects: [Properties("t", "All invoices of the year", ("team", "billing")), Columns("customer_id", "[version=2.0].[type=int].amount"), Tags("pii")]);
        Assert.Equal([urn], Find("invoices customer"));
        Assert.Equal([urn], Find("billing amount"));
        Assert.Equal([urn], Find("pii team"));
        Assert.Equal([urn], Find("mysql year"));
    }

    [Fact]
    public void Columns_of_a_phrase_do_not_run_into_each_other()
    {
        var urn = Dataset("shop.t", aspects: [Columns("customer_id", "order_date")]);
        Assert.Equal([urn], Find("\"customer id\""));
        Assert.Empty(Find("\"id order\""));
        Assert.Equal([urn], Find("id order"));
    }

    [Theory]
    [InlineData("orders OR daily", "daily", "orders")]
    [InlineData("NOT orders", "daily", "weekly")]
    [InlineData("-orders -daily", "weekly")]
    [InlineData("shop AND NOT (orders OR daily)", "weekly")]
    [InlineData("(orders OR daily) AND sum", "daily")]
    [InlineData("name:daily", "daily")]
    [InlineData("name:\"daily\"", "daily")]
    [InlineData("name:(daily OR orders)", "daily", "orders")]
    [InlineData("name:d*y", "daily")]
    [InlineData("name:?aily", "daily")]
    [InlineData("*eek*", "weekly")]
    [InlineData("fieldPaths:sum", "daily")]
    [InlineData("name:sum")]
    [InlineData("platform.keyword:\"urn\\:li\\:dataPlatform\\:mysql\" AND origin:PROD AND name:orders", "orders")]
    [InlineData("origin:DEV")]
    [InlineData("customProperties:\"team=core\"", "weekly")]
    [InlineData("qualifiedName:shop\\.w*", "weekly")]
    [InlineData("_entityType:dataset AND name:orders", "orders")]
    [InlineData("/q name:orders", "orders")]
    [InlineData("*", "daily", "orders", "weekly")]
    [InlineData("", "daily", "orders", "weekly")]
    [InlineData("nosuchfield:orders")]
    [InlineData("shop:orders", "orders")]
    public void The_query_language(string query, params string[] names)
    {
        Dataset("shop.orders", aspects: [Properties("orders")]);
        Dataset("shop.daily", aspects: [Properties("daily"), Columns("sum")]);
        Dataset("shop.weekly", aspects: [("datasetProperties", """{"name":"weekly","qualifiedName":"shop.Weekly","customProperties":{"team":"core"}}""")]);
        Assert.Equal(names.Select(name => Urn($"shop.{name}")), Find(query).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_urn_finds_its_entity()
    {
        var urn = Dataset("shop.orders");
        Dataset("shop.orders_old");
        Assert.Equal(urn, Find(urn)[0]);
        Assert.Equal(2, Find("urn:li:dataset:(urn:li:dataPlatform:mysql,shop.").Length);
    }

    [Fact]
    public void A_change_is_seen_at_once_and_a_removed_entity_is_gone()
    {
        var urn = Dataset("shop.orders", aspects: [Properties("orders", "old words")]);
        Dataset("shop.orders", aspects: [Properties("orders", "new words")]);
        Assert.Empty(Find("old"));
        Assert.Equal([urn], Find("new"));
        Entity(urn);
        Assert.Empty(Find("*"));
        Assert.Equal(0, Index.Count);
    }

    [Fact]
    public async Task Searches_go_on_while_entities_change()
    {
        for (var i = 0; i < 200; i++)
        {
            Dataset($"db.table_{i}", aspects: [Properties($"table_{i}", "word")]);
        }
        using var done = new CancellationTokenSource();
        var searches = Enumerable.Range(0, 2).Select(reader => Task.Run(
            () =>
            {
                do
                {
                    var answer = Search("word");
                    Assert.Equal(200, answer.Total);
                    Assert.Equal(200, answer.Facets.Single(facet => facet.Field == "origin").Values[0].Count);
                    _ = Index.Complete("tab", null, 10);
                }
                while (!done.IsCancellationRequested);
            },
            TestContext.Current.CancellationToken)).ToList();
        // Enough changes that the index is written anew.
        for (var i = 0; i < 3000; i++)
        {
            Dataset($"db.table_{i % 200}", aspects: [Properties($"table_{i}", $"word {i}")]);
        }
        await done.CancelAsync();
        await Task.WhenAll(searches);
    }

    [Fact]
    public void A_match_tells_its_fields()
    {
        Dataset("shop.t", aspects: [Properties("invoices"), Columns("amount")]);
        Assert.Equal(["name", "fieldPaths"], Search("invoices amount").Matches[0].MatchedFields);
    }
}
