// The same thoughts and some stories, as people write them in each language: to count tokens of.
export const german = `Wer zum ersten Mal an einem fremden Programm arbeitet, liest meist zu viel auf einmal. Besser ist es, mit einer einzigen Frage anzufangen: Was passiert, wenn ich auf diesen Knopf drücke? Von dort aus führt der Weg durch die Schichten, und jede davon beantwortet eine kleinere Frage. Nach einer Stunde kennt man vielleicht nur drei Dateien, aber diese drei wirklich.

Die Geschwindigkeitsbegrenzung auf deutschen Landstraßen beträgt einhundert Kilometer pro Stunde, doch kaum jemand hält sich daran, wenn die Straße leer ist und die Sonne scheint. Meine Großmutter erzählte gern, wie sie 1962 mit ihrem Käfer über den Brenner fuhr, im Kofferraum zwei Koffer, ein Zelt und eine Kiste Äpfel. Unterwegs ging der Keilriemen kaputt, und ein Mechaniker aus Sterzing ersetzte ihn durch einen Nylonstrumpf. Das hielt bis Verona.

Für die Fehlersuche gilt: Zuerst wird der Fehler zuverlässig nachgestellt, dann wird eine Vermutung aufgeschrieben, und erst danach wird etwas geändert. Wer diese Reihenfolge umkehrt, verändert den Fehler, statt ihn zu verstehen. Außerdem sollte jede Änderung für sich allein überprüfbar sein, damit man sie notfalls zurücknehmen kann, ohne die übrige Arbeit zu verlieren. Versionsverwaltungssysteme sind dafür ein Segen, sofern die Beschreibungen der Änderungen verraten, warum sie gemacht wurden.

Am Abend saßen wir auf der Terrasse, tranken Apfelsaftschorle und sprachen über die Wettervorhersage, die wie immer danebenlag. »Morgen regnet es bestimmt«, sagte Jürgen, obwohl der Himmel wolkenlos war. Seine Schwester lachte nur und schnitt den Zwetschgenkuchen an. Später kamen noch die Nachbarn herüber, mit ihrem Hund, der sich sofort unter den Tisch legte und einschlief, als gehörte er schon immer dorthin.

Bitte prüfe zunächst, ob die Konfigurationsdatei vorhanden ist, und lege sie gegebenenfalls mit den Standardwerten an. Achte darauf, dass bestehende Einstellungen der Benutzerinnen und Benutzer nicht überschrieben werden. Schreibe anschließend einen Test, der beide Fälle abdeckt, und ergänze die Dokumentation um einen kurzen Abschnitt über die neue Umgebungsvariable.`;
export const japanese = `はじめて他人のプログラムを読むとき、多くの人は一度にたくさん読みすぎてしまいます。それよりも、ひとつの質問から始めるほうがよいでしょう。このボタンを押すと、何が起きるのか。そこから少しずつ処理をたどっていけば、それぞれの層がもっと小さな質問に答えてくれます。一時間後に理解できているのは三つのファイルだけかもしれませんが、その三つについては本当によくわかっているはずです。

昨日は朝から雨が降っていたので、駅前の喫茶店で本を読んで過ごした。窓の外を歩く人たちは、色とりどりの傘をさして、急ぎ足で通り過ぎていく。隣の席では、大学生らしい二人が卒業論文のテーマについて熱心に話し合っていた。コーヒーのおかわりを頼むと、店主は「今日はゆっくりしていってください」と笑った。

不具合を調べるときは、まず確実に再現できるようにします。次に、原因についての仮説を書きとめます。コードを変更するのは、その後です。この順番を逆にすると、問題を理解する前に問題そのものが変わってしまいます。また、変更はひとつずつ確認できる大きさに分けておくと、必要になったときにほかの作業を失わずに元に戻せます。変更の説明には、何をしたかではなく、なぜそうしたのかを書いてください。

京都の秋は、紅葉を見に来る観光客でにぎわう。嵐山の渡月橋から眺める山の景色は、時間によって表情を変え、夕方には川面まで赤く染まる。地元の人に聞くと、いちばん静かに楽しめるのは平日の早朝だという。バスは混雑するので、電車と徒歩を組み合わせるのがおすすめだ。

最初に設定ファイルが存在するかどうかを確認し、存在しない場合は既定値で作成してください。ユーザーがすでに変更した設定を上書きしないように注意が必要です。その後、両方の場合を確認するテストを追加し、新しい環境変数についての短い説明をドキュメントに書き加えてください。エラーメッセージは、何が起きたのか、そして次に何をすればよいのかを伝えるものにします。たとえば「キーの上限に達しました。上限を引き上げるか、別のキーで接続してください」のように書きます。`;
export const chinese = `第一次阅读别人写的程序时，大多数人都会一下子读得太多。更好的办法是从一个问题开始：按下这个按钮之后，到底会发生什么？沿着这条线索一层一层地往下看，每一层都会回答一个更小的问题。一个小时之后，你也许只看懂了三个文件，但对这三个文件是真正理解了。

我小时候住在南方的一座小城，城边有一条不宽的河。夏天的傍晚，大人们搬出竹椅坐在桥头乘凉，孩子们在浅水里捉虾。祖父常说，这条河以前可以行船，运来木材和瓷器，后来修了公路，船就慢慢消失了。去年我回去看望亲戚，河岸已经铺上了石板，种满了柳树，晚上还亮起一排排暖黄色的灯。

排查故障时，首先要能够稳定地重现问题，然后写下自己的猜测，最后才动手修改代码。如果把顺序颠倒过来，你改变的往往只是问题的表现，而不是原因。另外，每次修改都应该足够小，可以单独验证，这样在需要的时候就能撤销，而不会丢掉其他工作。提交说明里要写清楚为什么这样改，而不仅仅是改了什么。

随着城市轨道交通的快速发展，越来越多的居民选择乘坐地铁上下班。根据交通部门公布的数据，二零二三年全市日均客流量超过八百万人次，比五年前增长了近百分之四十。专家认为，除了增加线路之外，改善换乘条件、优化发车间隔同样重要，否则高峰时段的拥挤很难得到缓解。

请先检查配置文件是否存在，如果不存在，就用默认值创建一个。注意不要覆盖用户已经修改过的设置。接着编写一个测试，覆盖这两种情况，并在文档中补充一小段关于新环境变量的说明。错误提示应当告诉用户发生了什么，以及下一步可以怎么做，例如：“密钥的额度已用完，请提高额度，或者使用另一个密钥重新连接。”如果网络不可用，请保留上一次成功获取的列表，并在状态栏中提示数据可能已经过期。`;
export const english = `Most people who open a program they didn't write read far too much of it at once. It is better to begin with a single question: what happens when I press this button? From there the path leads down through the layers, and each of them answers a smaller question. After an hour you may know no more than three files, but those three you really know.

My grandmother liked to tell how she drove across the Alps in 1962, with two suitcases, a tent, and a crate of apples in the back of a very small car. Somewhere above the tree line the fan belt broke, and a mechanic who happened to be fishing nearby replaced it with a nylon stocking. It lasted all the way to Verona, where she bought a proper one and kept the stocking as a souvenir.

When you look for a bug, first make it happen reliably, then write down what you think is wrong, and only then change something. Whoever turns this order around changes the bug instead of understanding it. Besides, every change should be small enough to be checked on its own, so that it can be taken back without losing the rest of the work. Commit messages that say why, and not merely what, are worth more than any comment.

The committee's report, published on Thursday, recommends that the regional authorities postpone the construction of a second runway until an independent assessment of noise and groundwater pollution has been completed. Opponents of the project welcomed the decision; the airport's operators, however, warned that further delays could cost as much as 240 million euros and threaten several thousand jobs.

Please check first whether the configuration file exists, and create it with the default values if it doesn't. Make sure that settings which users have already changed are never overwritten. Then write a test that covers both cases, and add a short section about the new environment variable to the documentation.`;
