// Made by Scripts/embed-profiles from Config/profiles. Change those.

/// The shipped profiles as YAML, by name.
enum BuiltInProfiles {
    static let texts: [String: String] = [
        "alignment-newsletter": #"""
        name: alignment-newsletter
        description: The Alignment Newsletter's database (CSV); the summary and the opinion of a paper are two documents.
        reading:
          format: csv
          documents:
            - kind: summary
              needs: body
              # A paper can stand in two issues; the issue makes its id unique.
              id: "{Email:slug}/{Title:slug}/summary"
              title: { from: Title, markup: markdown }
              body: { from: Summary, markup: markdown }
              author: [Summarizer, Authors]
              date: Year
              url: URL
              tags: Category
              metadata:
                work_authors: Authors
                venue: { from: Venue, markup: markdown }
                issue: Email
                highlight: "Highlight?"
                prerequisites: { from: Prerequisites, markup: markdown }
                read_more: { from: Read more, markup: markdown }
            - kind: opinion
              needs: body
              id: "{Email:slug}/{Title:slug}/opinion"
              title: { from: Title, markup: markdown }
              body: { from: My opinion, markup: markdown }
              author: [Summarizer, Authors]
              date: Year
              url: URL
              tags: Category
              metadata:
                work_authors: Authors
                venue: { from: Venue, markup: markdown }
                issue: Email
                highlight: "Highlight?"
        analysis:
          analyzer: english

        """#,
        "alignment-papers": #"""
        name: alignment-papers
        description: A Zotero bibliography exported as CSV; abstract and notes make one document.
        reading:
          format: csv
          needs: title
          id: [Key, "{Publication Year}/{Title:slug}"]
          title: Title
          body:
            - join:
                - Abstract Note
                - { from: Rohin_Shah_Blurb, markup: markdown }
          author: { from: [Author, Editor], split: ";", names: family-first }
          date: [Date, Publication Year]
          url: [Url, "https://doi.org/{DOI}", Link Attachments]
          tags: { from: [Manual Tags, Automatic Tags], split: ";" }
          metadata:
            type: Item Type
            year: Publication Year
            venue: [Publication Title, Conference Name]
            booktitle: Book Title
            volume: Volume
            number: [Issue, Number]
            pages: Pages
            series: [Series, Series Title]
            edition: Edition
            editors: { from: Editor, split: ";", names: family-first }
            publisher: Publisher
            place: Place
            isbn: ISBN
            issn: ISSN
            doi: DOI
            accessed: Access Date
            keywords: Automatic Tags
        analysis:
          analyzer: english

        """#,
        "alignment-research-dataset": #"""
        name: alignment-research-dataset
        description: The Alignment Research Dataset (JSON Lines); one document an article.
        reading:
          format: jsonl
          id: id
          title: title
          body: { from: [text, summaries], separator: "\n\n", markup: markdown }
          author: authors
          date: date_published
          url: url
          tags: [source]
          metadata: others
        analysis:
          analyzer: english

        """#,
        "default": #"""
        name: default
        description: Any collection whose fields have the usual names.
        reading:
          id: [id, _id]
          title: [title, $title]
          body: [$text, text, body, content, abstract]
          abstract: abstract
          author: [author, authors, author.name, "authors[].name", "author[].name"]
          date: [date, published, date_published, date.$date, date.$date.$numberLong, year]
          url: [url, link]
          tags: [tags, tag, keywords]
          metadata: others

        """#,
        "lesswrong": #"""
        name: lesswrong
        description: Answers of the LessWrong, Alignment Forum and EA Forum GraphQL interface (JSON); posts and comments.
        reading:
          format: json
          records: [data.comments.results, data.posts.results, data.comment.result, data.post.result]
          id: _id
          title: [title, "Re: {post.title}"]
          body:
            - { from: [htmlBody, contents.html], markup: html }
            - { from: [contents.markdown, markdown], markup: markdown }
            - { from: contents.plaintextDescription }
          author:
            - { join: [user.displayName, "coauthors[].displayName"] }
            - user.username
          date: postedAt
          url: pageUrl
          tags: "tags[].name"
          metadata:
            base_score: baseScore
            votes: voteCount
            review_year: reviewingForReview
            post: post.title
            post_url: post.pageUrl
        analysis:
          analyzer: english

        """#,
        "markdown-posts": #"""
        name: markdown-posts
        description: Posts as Markdown files with YAML front matter, as static site generators keep them.
        reading:
          id: $path
          title: [title, $title]
          body: $text
          author: [authors, author, "authors[].name", "author[].name"]
          date: [date_published, date, published, lw-posted-at]
          url: [original_url, lw-page-url, url, canonical]
          tags: [tags, categories, keywords]
          metadata:
            description: [description, summary]
            updated: [date_updated, lw-last-modification]
            permalink: [permalink, slug]
            link: [lw-linkpost-url, linkpost]
            base_score: lw-base-score
            sequence: lw-sequence-title
        analysis:
          analyzer: english

        """#,
        "reviews": #"""
        name: reviews
        description: Reviews and comments as JSON Lines with kind, id, title, author, date, url and text (Markdown).
        reading:
          format: jsonl
          id: id
          title: title
          body: { from: text, markup: markdown }
          author: author
          date: date
          url: url
          tags: category
          metadata: others
        analysis:
          analyzer: english

        """#,
    ]
}
